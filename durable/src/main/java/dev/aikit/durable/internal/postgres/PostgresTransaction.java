package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.SqlEffect;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.RateRow;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.StoredAnswer;
import dev.aikit.durable.internal.sql.Link;
import dev.aikit.durable.internal.sql.Rows;
import dev.aikit.durable.internal.sql.SqlTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is PostgreSQL's own. Others' transactions are under way at the same time, at the level READ COMMITTED: what they
 * have locked is left to them. Each way to the server counts: steps
 * are one statement each, and many of them go together.
 */
class PostgresTransaction extends SqlTransaction {
    /** Classes of SQLSTATE that are not the doing of the effect that hits on them. */
    private static final Set<String> STORE_TROUBLE = Set.of("08", "25", "40", "53", "57", "58");

    /** A transaction that an effect has broken and gone on with: that is its doing. */
    private static final String IN_FAILED_TRANSACTION = "25P02";

    private static final String CALL = "WITH picked AS (SELECT id FROM aikit_call WHERE state = ";

    /** An effect of the group has failed, and all of it is to be done again, each effect apart. */
    static final class Doubtful extends SQLException {
        private static final long serialVersionUID = 1L;

        Doubtful(Throwable failed) {
            super(failed);
        }
    }

    static final String OVER_ONE_BEFORE = OVER;

    /** Whether effects run together, without a point to come back to for each: two ways to the server less for each. */
    private final boolean trusting;

    private final Together together;
    private boolean effectsLeft;

    PostgresTransaction(Seat here, long group, boolean trusting) {
        super(here.link, here.owner());
        this.trusting = trusting;
        this.together = new Together(link, here.number, group);
    }

    @Override
    public void answered(Claim claim, StoredAnswer answer, boolean deliver, Told mine) throws SQLException {
        together.answered(claim, answer, deliver, mine);
    }

    @Override
    public void done(Claim claim, long now, List<SqlEffect> effects) throws SQLException, EffectException {
        if (trusting || effects.isEmpty()) {
            together.done(claim, now, effects);
            effectsLeft |= !effects.isEmpty();
        } else {
            super.done(claim, now, effects);
        }
    }

    /** After the effects: what is permitted is not to wait for them, nor are others that share the limit. */
    @Override
    public @Nullable RateRow rate(String name) throws SQLException {
        if (effectsLeft) runEffects();
        return super.rate(name);
    }

    /**
     * Does what was left for the end: all but the commit.
     *
     * @return the server's time in milliseconds; none if another one has taken over what this owner had in hand
     * @throws Doubtful if an effect has failed
     */
    @Nullable
    Long end() throws SQLException {
        runEffects();
        return together.time();
    }

    private void runEffects() throws SQLException {
        link.flush();
        together.write(); // if there was nothing: the sign all the same
        effectsLeft = false;
        List<SqlEffect> effects = together.takeEffects();
        if (effects.isEmpty() || together.time() == null) return;
        link.run(SAVE);
        try {
            run(effects);
            link.run("RELEASE " + SAVE); // fails if an effect has ended the transaction
        } catch (Throwable thrown) {
            if (thrown instanceof SQLException error && isTroubleOfTheStore(error)) throw error;
            throw new Doubtful(thrown);
        }
    }

    @Override
    public void submit(NewCall call, long now, Told conflict) throws SQLException {
        link.later(
                "WITH call AS (INSERT INTO aikit_call (key, digest, function, callback, state, priority, submitted, keep, due)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id)"
                        + " INSERT INTO aikit_request (id, method, path, body, settings) SELECT id, ?, ?, ?, ? FROM call",
                rows -> conflict.that(rows == 0 && isAnother(call)),
                call.key(),
                call.digest(),
                call.function(),
                call.callback(),
                call.priority(),
                now,
                call.keep(),
                call.notBefore() > now ? call.notBefore() : null,
                call.method(),
                call.path(),
                call.body(),
                call.settings());
    }

    @Override
    protected String skippingLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    protected boolean isTroubleOfTheStore(SQLException error) {
        return isTrouble(error) && !IN_FAILED_TRANSACTION.equals(error.getSQLState());
    }

    /** Whether this is about the server or another's transaction, and may be different next time. */
    static boolean isTrouble(SQLException error) {
        String state = error.getSQLState();
        return state == null || STORE_TROUBLE.contains(state.substring(0, Math.min(2, state.length())));
    }

    /**
     * The calls of a state that nobody else is taking, in the order of priority and submission. They are picked once, as an
     * array: joined, they could be picked again, and more of them than there is room for.
     */
    private <V> List<V> claim(
            String state,
            String set,
            String more,
            String columns,
            List<String> callbacks,
            int limit,
            Link.Row<V> row,
            Comparator<V> order)
            throws SQLException {
        List<Object> values = new ArrayList<>(names(callbacks));
        values.add(limit);
        values.add(owner);
        String sql = CALL + state + " AND due IS NULL" + among(callbacks)
                + " ORDER BY priority DESC, id LIMIT ?" + skippingLocked() + ") UPDATE aikit_call c SET owner = ?,"
                + " run = run + 1, " + set + " FROM aikit_request r" + more
                + " WHERE c.id = ANY (ARRAY(SELECT id FROM picked)) AND r.id = c.id RETURNING " + columns;
        List<V> claimed = new ArrayList<>(together.write(sql, values, row));
        claimed.sort(order);
        return claimed;
    }

    @Override
    public List<Sendable> claimSends(List<String> callbacks, int limit) throws SQLException {
        return claim(
                "0",
                "state = 1, sends = sends + 1",
                "",
                Rows.CALL + ", r.body, r.settings, c.run",
                callbacks,
                limit,
                row -> new Sendable(
                        new Claim(row.getLong(1), row.getInt(19)), Rows.call(row), row.getBytes(17), row.getString(18)),
                Comparator.comparing(Sendable::call, TURN));
    }

    @Override
    public List<Deliverable> claimDeliveries(List<String> callbacks, int limit) throws SQLException {
        return claim(
                "2",
                "state = 3, deliveries = deliveries + 1",
                " JOIN aikit_answer a USING (id)",
                Rows.WITH_ANSWER + ", c.run",
                callbacks,
                limit,
                row -> new Deliverable(new Claim(row.getLong(1), row.getInt(20)), Rows.withAnswer(row)),
                Comparator.comparing(Deliverable::call, TURN));
    }

    /** In one way to the server. */
    @Override
    protected int savedAndChanged(String change, Object... values) throws SQLException {
        return link.lastChange(SAVE + "; " + change, values);
    }

    /** Nobody registers a callback unseen while calls are parked, and nobody parks calls unseen while one is registered. */
    private void lockRegistered() throws SQLException {
        link.run("LOCK TABLE aikit_registered IN SHARE ROW EXCLUSIVE MODE");
    }

    @Override
    public List<String> park() throws SQLException {
        if (link.one("SELECT 1 FROM aikit_call WHERE " + NOBODYS + " LIMIT 1", row -> 1) == null) return List.of();
        lockRegistered();
        return super.park();
    }

    @Override
    public int register(List<String> callbacks) throws SQLException {
        lockRegistered();
        return super.register(callbacks);
    }

    @Override
    public int takeOver(String dead) throws SQLException {
        // After an outage a worker may find its own lock free before it has taken it again. It would get the lock, its
        // own, and end itself; what it claims after that, in the same group, nobody would ever take over.
        if (dead.equals(owner)) return 0;
        int number = Integer.parseInt(dead);
        // Whoever holds its lock is it. Until this transaction ends, nobody can be it.
        if (!Boolean.TRUE.equals(link.one(Seat.TRY_LOCK, row -> row.getBoolean(1), number))) return 0;
        link.update("UPDATE aikit_owner SET ended = clock_timestamp() WHERE number = ?", number);
        link.update("DELETE FROM aikit_owner WHERE ended < clock_timestamp() - interval '1 day'");
        return super.takeOver(dead);
    }

    @Override
    public void unregister() throws SQLException {
        super.takeOver(owner);
    }
}
