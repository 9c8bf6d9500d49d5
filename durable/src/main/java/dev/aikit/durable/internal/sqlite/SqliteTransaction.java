package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.SqlEffect;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.StoredAnswer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The steps of a call in SQL: each one an UPDATE that names the state it starts from and the claim. */
final class SqliteTransaction implements StoreTransaction {
    /** Clocks are corrected by a little all the time; a step back of more than this is taken for one. */
    private static final long CLOCK_STEP_MILLIS = 2_000;

    private static final String MINE = " AND owner = ? AND run = ?";

    private static final String BACK =
            "UPDATE aikit_call SET state = state - 1, owner = NULL, unclear_sends = unclear_sends + (state = 1),"
                    + " unclear_deliveries = unclear_deliveries + (state = 3)";

    /** SQLite's codes BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL: not the doing of the effect that hits on them. */
    private static final Set<Integer> STORE_TROUBLE = Set.of(5, 6, 7, 8, 10, 13);

    private final Link link;
    private final String owner;

    SqliteTransaction(Link link, String owner) {
        this.link = link;
        this.owner = owner;
    }

    /** What was set later than this was set by a clock that has been set back since. */
    static long setBack(long now) {
        return now + CLOCK_STEP_MILLIS;
    }

    private record Known(long id, byte[] digest, int state) {}

    @Override
    public Submitted submit(NewCall call, long now) throws SQLException {
        Known known = link.one(
                "SELECT id, digest, state FROM aikit_call WHERE key = ?",
                row -> new Known(row.getLong(1), row.getBytes(2), row.getInt(3)),
                call.key());
        if (known != null)
            return new Submitted(known.id, Rows.state(known.state), !Arrays.equals(known.digest, call.digest()));
        Long due = call.notBefore() > now ? call.notBefore() : null;
        link.update(
                "INSERT INTO aikit_call (key, digest, function, callback, state, priority, submitted, keep, due)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)",
                call.key(),
                call.digest(),
                call.function(),
                call.callback(),
                call.priority(),
                now,
                call.keep(),
                due);
        long id = Objects.requireNonNull(link.one("SELECT last_insert_rowid()", row -> row.getLong(1)));
        link.update(
                "INSERT INTO aikit_request VALUES (?, ?, ?, ?, ?)",
                id,
                call.method(),
                call.path(),
                call.body(),
                call.settings());
        return new Submitted(id, DurableState.READY, false);
    }

    private static String places(List<String> callbacks) {
        return "(?" + ", ?".repeat(callbacks.size() - 1) + ")";
    }

    /** The claims made, in the order of priority and submission. */
    private List<Claim> claim(String set, String where, List<String> callbacks, int limit) throws SQLException {
        Object[] values = new Object[callbacks.size() + 2];
        values[0] = owner;
        for (int i = 0; i < callbacks.size(); i++) values[i + 1] = callbacks.get(i);
        values[values.length - 1] = limit;
        String sql =
                "UPDATE aikit_call SET owner = ?, run = run + 1, " + set + " WHERE id IN (SELECT id FROM aikit_call"
                        + " WHERE " + where + " AND due IS NULL AND callback IN " + places(callbacks)
                        + " ORDER BY priority DESC, id LIMIT ?) RETURNING id, run";
        return link.query(sql, row -> new Claim(row.getLong(1), row.getInt(2)), values);
    }

    @Override
    public List<Sendable> claimSends(List<String> callbacks, int limit) throws SQLException {
        List<Sendable> claimed = new ArrayList<>();
        for (Claim claim : claim("state = 1, sends = sends + 1", "state = 0", callbacks, limit))
            claimed.add(link.one(
                    "SELECT " + Rows.CALL + ", r.body, r.settings FROM aikit_call c JOIN aikit_request r USING (id)"
                            + " WHERE c.id = ?",
                    row -> new Sendable(claim, Rows.call(row), row.getBytes(17), row.getString(18)),
                    claim.id()));
        return claimed;
    }

    @Override
    public List<Deliverable> claimDeliveries(List<String> callbacks, int limit) throws SQLException {
        List<Deliverable> claimed = new ArrayList<>();
        for (Claim claim : claim("state = 3, deliveries = deliveries + 1", "state = 2", callbacks, limit))
            claimed.add(link.one(
                    "SELECT " + Rows.WITH_ANSWER + " FROM aikit_call c JOIN aikit_request r USING (id)"
                            + " JOIN aikit_answer a USING (id) WHERE c.id = ?",
                    row -> new Deliverable(claim, Rows.withAnswer(row)),
                    claim.id()));
        return claimed;
    }

    @Override
    public boolean answered(Claim claim, StoredAnswer answer, boolean deliver) throws SQLException {
        String to = deliver
                ? "UPDATE aikit_call SET state = 3, deliveries = deliveries + 1, kind = '', reason = ''"
                : "UPDATE aikit_call SET state = 2, owner = NULL, kind = '', reason = ''";
        if (link.update(to + " WHERE id = ? AND state = 1" + MINE, claim.id(), owner, claim.run()) == 0) return false;
        keep(claim, answer);
        return true;
    }

    private void keep(Claim claim, StoredAnswer answer) throws SQLException {
        link.update(
                "INSERT OR REPLACE INTO aikit_answer VALUES (?, ?, ?, ?)",
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
    public boolean dead(Claim claim, Failure failure) throws SQLException {
        int changed = link.update(
                "UPDATE aikit_call SET state = 5, owner = NULL, kind = ?, reason = ? WHERE id = ? AND state IN (1, 3)"
                        + MINE,
                failure.kind(),
                failure.reason(),
                claim.id(),
                owner,
                claim.run());
        StoredAnswer answer = failure.answer();
        if (changed > 0 && answer != null) keep(claim, answer);
        return changed > 0;
    }

    @Override
    public boolean done(Claim claim, long now, List<SqlEffect> effects) throws SQLException, EffectException {
        if (effects.isEmpty()) return done(claim, now);
        link.run("SAVEPOINT aikit_effect");
        boolean done = done(claim, now); // first: under an older claim there is no effect
        try {
            if (done) for (SqlEffect effect : effects) effect.write(GuardedConnection.of(link.connection));
        } catch (Throwable thrown) {
            if (thrown instanceof SQLException error && STORE_TROUBLE.contains(error.getErrorCode() & 0xff))
                throw error;
            link.run("ROLLBACK TO aikit_effect");
            link.run("RELEASE aikit_effect");
            throw new EffectException(thrown);
        }
        link.run("RELEASE aikit_effect");
        return done;
    }

    private boolean done(Claim claim, long now) throws SQLException {
        return link.update(
                        "UPDATE aikit_call SET state = 4, owner = NULL, expires = ? + keep, kind = '', reason = ''"
                                + " WHERE id = ? AND state = 3" + MINE,
                        now,
                        claim.id(),
                        owner,
                        claim.run())
                > 0;
    }

    @Override
    public void write(SqlEffect effect) throws SQLException {
        effect.write(GuardedConnection.of(link.connection));
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
        String counters = "owner = NULL, expires = NULL, kind = '', reason = '',";
        int again = link.update(
                "UPDATE aikit_call SET state = 2, " + counters + " deliveries = 0, unclear_deliveries = 0"
                        + " WHERE id = ? AND kind = '" + CallRow.CALLBACK + "'",
                id);
        if (again > 0) return true;
        link.update("DELETE FROM aikit_answer WHERE id = ?", id);
        return link.update(
                        "UPDATE aikit_call SET state = 0, " + counters + " sends = 0, unclear_sends = 0 WHERE id = ?",
                        id)
                > 0;
    }

    @Override
    public int promote(long now) throws SQLException {
        String due = "UPDATE aikit_call SET due = NULL, due_set = NULL WHERE state IN (0, 2) AND ";
        return link.update(due + "due IS NOT NULL AND due <= ?", now)
                + link.update(due + "due_set IS NOT NULL AND due_set > ?", setBack(now));
    }

    @Override
    public List<String> park() throws SQLException {
        return link.query(
                "UPDATE aikit_call SET state = 6 WHERE state IN (0, 2)"
                        + " AND callback NOT IN (SELECT callback FROM aikit_registered) RETURNING callback",
                row -> row.getString(1));
    }

    @Override
    public int register(List<String> callbacks) throws SQLException {
        int resumed = 0;
        for (String callback : callbacks) {
            link.update("INSERT OR IGNORE INTO aikit_registered VALUES (?, ?)", owner, callback);
            resumed += link.update(
                    "UPDATE aikit_call SET state = CASE WHEN EXISTS (SELECT 1 FROM aikit_answer a WHERE a.id = aikit_call.id)"
                            + " THEN 2 ELSE 0 END WHERE state = 6 AND callback = ?",
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
                "DELETE FROM aikit_call WHERE id IN (SELECT id FROM aikit_call WHERE expires IS NOT NULL AND expires <= ?"
                        + " LIMIT ?) RETURNING id",
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
