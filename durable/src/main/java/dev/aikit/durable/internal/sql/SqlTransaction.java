package dev.aikit.durable.internal.sql;

import dev.aikit.durable.SqlEffect;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.RateRow;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.StoredAnswer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a call in SQL: each one an UPDATE that names the state it starts from and the claim. What databases do not
 * agree about is left to their own classes.
 */
public abstract class SqlTransaction implements StoreTransaction {
    /** Clocks are corrected by a little all the time; a step back of more than this is taken for one. */
    private static final long CLOCK_STEP_MILLIS = 2_000;

    /** What was claimed together is begun in this order: a database returns rows in any. */
    protected static final Comparator<CallRow> TURN =
            Comparator.comparing((CallRow call) -> -call.priority()).thenComparing(CallRow::id);

    /** Only of this worker, and only under this claim. */
    protected static final String MINE = " AND owner = ? AND run = ?";

    /** An answer takes the place of one before, as after a redrive. */
    protected static final String OVER =
            " ON CONFLICT (id) DO UPDATE SET status = excluded.status, head = excluded.head, body = excluded.body";

    /** Calls whose callback nobody has registered. */
    protected static final String NOBODYS =
            "state IN (0, 2) AND callback NOT IN (SELECT callback FROM aikit_registered)"
                    + " AND NOT EXISTS (SELECT 1 FROM aikit_registered WHERE callback = '')"; // Store.ANY

    /** The point that a transaction comes back to when an effect throws. */
    protected static final String SAVE = "SAVEPOINT aikit_effect";

    private static final String BACK =
            "UPDATE aikit_call SET state = state - 1, owner = NULL, unclear_sends = unclear_sends + CASE state WHEN 1 THEN 1 ELSE 0 END,"
                    + " unclear_deliveries = unclear_deliveries + CASE state WHEN 3 THEN 1 ELSE 0 END";

    /** The change of a call whose callback has returned. */
    protected static final String DONE =
            "UPDATE aikit_call SET state = 4, owner = NULL, expires = ? + keep, kind = '', reason = ''"
                    + " WHERE id = ? AND state = 3" + MINE;

    protected final Link link;
    protected final String owner;

    /** Of that owner, within a transaction of that connection. */
    protected SqlTransaction(Link link, String owner) {
        this.link = link;
        this.owner = owner;
    }

    /** What is added to a SELECT of rows that are to be changed, so that those of another's transaction are left out. */
    protected abstract String skippingLocked();

    /** Whether an effect that hit on this is not what went wrong. */
    protected abstract boolean isTroubleOfTheStore(SQLException error);

    /** What was set later than this was set by a clock that has been set back since. */
    static long setBack(long now) {
        return now + CLOCK_STEP_MILLIS;
    }

    /** The condition that a call is for one of these callbacks, with places for their {@link #names}. */
    protected static String among(List<String> callbacks) {
        List<String> names = names(callbacks);
        return names.isEmpty() ? "" : " AND callback IN (?" + ", ?".repeat(names.size() - 1) + ")";
    }

    /** The names that the condition has places for. */
    protected static List<String> names(List<String> callbacks) {
        return callbacks.equals(Store.ANY) ? List.of() : callbacks;
    }

    /** The key of that call is there: does it belong to another call? */
    protected final boolean isAnother(NewCall call) throws SQLException {
        byte[] digest = link.one("SELECT digest FROM aikit_call WHERE key = ?", row -> row.getBytes(1), call.key());
        if (digest == null) throw new SQLException("the call with that key has just been removed");
        return !Arrays.equals(digest, call.digest());
    }

    /** The change of a call that is answered. */
    protected static String answered(boolean deliver) {
        String to = deliver ? "state = 3, deliveries = deliveries + 1" : "state = 2, owner = NULL";
        return "UPDATE aikit_call SET " + to + ", kind = '', reason = '' WHERE id = ? AND state = 1" + MINE;
    }

    /** Keeps an answer in place of one before. */
    protected final void keep(Claim claim, StoredAnswer answer) throws SQLException {
        link.update(
                "INSERT INTO aikit_answer (id, status, head, body) VALUES (?, ?, ?, ?)" + OVER,
                claim.id(),
                answer.status(),
                answer.head(),
                answer.body());
    }

    @Override
    public boolean later(Claim claim, Failure failure, long now, long delay) throws SQLException {
        return link.update(
                        "UPDATE aikit_call SET state = state - 1, owner = NULL, due = ?, due_set = ?, kind = ?, reason = ?"
                                + " WHERE id = ? AND state IN (1, 3)" + MINE,
                        now + delay,
                        now,
                        failure.kind(),
                        failure.reason(),
                        claim.id(),
                        owner,
                        claim.run())
                > 0;
    }

    @Override
    public boolean release(Claim claim) throws SQLException {
        return link.update(BACK + " WHERE id = ? AND state IN (1, 3)" + MINE, claim.id(), owner, claim.run()) > 0;
    }

    @Override
    public boolean unsent(Claim claim) throws SQLException {
        return link.update(
                        "UPDATE aikit_call SET state = 0, owner = NULL, sends = sends - 1 WHERE id = ? AND state = 1"
                                + MINE,
                        claim.id(),
                        owner,
                        claim.run())
                > 0;
    }

    @Override
    public void openRate(String name, long now) throws SQLException {
        link.update("INSERT INTO aikit_rate (name, seen) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, now);
    }

    @Override
    public @Nullable RateRow rate(String name) throws SQLException {
        return link.one(
                "SELECT time, seen, requests, tokens, held, said_requests, said_tokens FROM aikit_rate WHERE name = ?"
                        + skippingLocked(),
                row -> new RateRow(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7)),
                name);
    }

    @Override
    public void rate(String name, RateRow row) throws SQLException {
        link.update(
                "UPDATE aikit_rate SET time = ?, seen = ?, requests = ?, tokens = ?, held = ?, said_requests = ?,"
                        + " said_tokens = ? WHERE name = ?",
                row.time(),
                row.seen(),
                row.requests(),
                row.tokens(),
                row.held(),
                row.saidRequests(),
                row.saidTokens(),
                name);
    }

    @Override
    public boolean dead(Claim claim, Failure failure) throws SQLException {
        int changed = link.update(
                "UPDATE aikit_call SET state = 5, owner = NULL, kind = ?, reason = ? WHERE id = ? AND state IN (1, 3)"
                        + MINE,
                failure.kind(),
                failure.reason(),
                claim.id(),
                owner,
                claim.run());
        if (changed == 0) return isDeadBy(claim, failure);
        StoredAnswer answer = failure.answer();
        if (answer != null) keep(claim, answer);
        return true;
    }

    /** By a commit that was taken for failed: nobody was told. */
    private boolean isDeadBy(Claim claim, Failure failure) throws SQLException {
        return link.one(
                        "SELECT 1 FROM aikit_call WHERE id = ? AND run = ? AND state = 5 AND kind = ? AND reason = ?",
                        row -> 1,
                        claim.id(),
                        claim.run(),
                        failure.kind(),
                        failure.reason())
                != null;
    }

    @Override
    public void done(Claim claim, long now, List<SqlEffect> effects) throws SQLException, EffectException {
        if (effects.isEmpty()) {
            link.later(DONE, rows -> {}, now, claim.id(), owner, claim.run());
            return;
        }
        // First: under an older claim there is no effect.
        boolean done = savedAndChanged(DONE, now, claim.id(), owner, claim.run()) > 0;
        try {
            if (done) run(effects);
            link.run("RELEASE " + SAVE); // fails if an effect has ended the transaction
        } catch (Throwable thrown) {
            if (thrown instanceof SQLException error && isTroubleOfTheStore(error)) throw error;
            link.run("ROLLBACK TO " + SAVE);
            link.run("RELEASE " + SAVE);
            throw new EffectException(thrown);
        }
    }

    /** What callbacks have left behind, on the store's connection. */
    protected final void run(List<SqlEffect> effects) throws SQLException {
        for (SqlEffect effect : effects) write(effect);
    }

    /** Makes a point to come back to, and then a change; how many rows that was. */
    protected int savedAndChanged(String change, Object... values) throws SQLException {
        link.run(SAVE);
        return link.update(change, values);
    }

    @Override
    public void write(SqlEffect effect) throws SQLException {
        effect.write(GuardedConnection.of(link.connection()));
    }

    @Override
    public boolean cancel(String key, long now) throws SQLException {
        return link.update(
                        "UPDATE aikit_call SET state = 5, owner = NULL, due = NULL, due_set = NULL, expires = ? + keep,"
                                + " kind = 'CANCELLED', reason = 'cancelled' WHERE key = ? AND state IN (0, 1, 2, 6)",
                        now,
                        key)
                > 0;
    }

    @Override
    public boolean redrive(String key) throws SQLException {
        Long id = link.one("SELECT id FROM aikit_call WHERE key = ? AND state = 5", row -> row.getLong(1), key);
        if (id == null) return false;
        String counters =
                "owner = NULL, expires = NULL, kind = '', reason = '', deliveries = 0, unclear_deliveries = 0";
        int again = link.update(
                "UPDATE aikit_call SET state = 2, " + counters + " WHERE id = ? AND state = 5 AND kind = '"
                        + CallRow.CALLBACK + "'",
                id);
        if (again > 0) return true;
        again = link.update(
                "UPDATE aikit_call SET state = 0, " + counters
                        + ", sends = 0, unclear_sends = 0 WHERE id = ? AND state = 5",
                id);
        if (again > 0) link.update("DELETE FROM aikit_answer WHERE id = ?", id);
        return again > 0;
    }

    /** The WHERE of a change to rows that meet a condition. */
    private String those(String condition) {
        return " WHERE id IN (SELECT id FROM aikit_call WHERE " + condition + skippingLocked() + ")";
    }

    @Override
    public int promote(long now) throws SQLException {
        return link.update(
                "UPDATE aikit_call SET due = NULL, due_set = NULL"
                        + those("state IN (0, 2) AND due IS NOT NULL AND due <= ?"
                                + " OR state IN (0, 2) AND due_set IS NOT NULL AND due_set > ?"),
                now,
                setBack(now));
    }

    @Override
    public List<String> park() throws SQLException {
        return link.query(
                "UPDATE aikit_call SET state = 6" + those(NOBODYS) + " RETURNING callback", row -> row.getString(1));
    }

    @Override
    public int register(List<String> callbacks) throws SQLException {
        int resumed = 0;
        for (String callback : callbacks) {
            link.update(
                    "INSERT INTO aikit_registered (owner, callback) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    owner,
                    callback);
            resumed += link.update(
                    "UPDATE aikit_call SET state = CASE WHEN EXISTS (SELECT 1 FROM aikit_answer a WHERE a.id = aikit_call.id)"
                            + " THEN 2 ELSE 0 END WHERE state = 6 AND ? IN ('', callback)",
                    callback);
        }
        return resumed;
    }

    @Override
    public void unregister() throws SQLException {
        takeOver(owner);
    }

    @Override
    public int takeOver(String dead) throws SQLException {
        link.update("DELETE FROM aikit_registered WHERE owner = ?", dead);
        return link.update(BACK + " WHERE owner = ? AND state IN (1, 3)", dead);
    }

    @Override
    public int releaseUnknown(Collection<Claim> known) throws SQLException {
        Set<Claim> mine = new HashSet<>(known);
        int released = 0;
        for (Claim claim : link.query(
                "SELECT id, run FROM aikit_call WHERE owner = ?",
                row -> new Claim(row.getLong(1), row.getInt(2)),
                owner)) if (!mine.contains(claim) && release(claim)) released++;
        return released;
    }

    @Override
    public int expire(long now, int limit) throws SQLException {
        List<Long> ids = link.query(
                "DELETE FROM aikit_call" + those("expires IS NOT NULL AND expires <= ? LIMIT ?") + " RETURNING id",
                row -> row.getLong(1),
                now,
                limit);
        for (Long id : ids) {
            link.update("DELETE FROM aikit_request WHERE id = ?", id);
            link.update("DELETE FROM aikit_answer WHERE id = ?", id);
        }
        return ids.size();
    }
}
