package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.NewCall;
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

/** What is SQLite's own. Whoever is in a transaction has the write lock: nobody else's are under way. */
final class SqliteTransaction extends SqlTransaction {
    /** SQLite's codes BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL: not the doing of the effect that hits on them. */
    private static final Set<Integer> STORE_TROUBLE = Set.of(5, 6, 7, 8, 10, 13);

    SqliteTransaction(Link link, String owner) {
        super(link, owner);
    }

    @Override
    public void submit(NewCall call, long now, Told conflict) throws SQLException {
        Long id = link.one(
                "INSERT INTO aikit_call (key, digest, function, callback, state, priority, submitted, keep, due)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id",
                row -> row.getLong(1),
                call.key(),
                call.digest(),
                call.function(),
                call.callback(),
                call.priority(),
                now,
                call.keep(),
                call.notBefore() > now ? call.notBefore() : null);
        if (id != null)
            link.update(
                    "INSERT INTO aikit_request (id, method, path, body, settings) VALUES (?, ?, ?, ?, ?)",
                    id,
                    call.method(),
                    call.path(),
                    call.body(),
                    call.settings());
        conflict.that(id == null && isAnother(call));
    }

    @Override
    public void answered(Claim claim, StoredAnswer answer, boolean deliver, Told mine) throws SQLException {
        boolean changed = link.update(answered(deliver), claim.id(), owner, claim.run()) > 0;
        if (changed) keep(claim, answer);
        mine.that(changed);
    }

    @Override
    protected String skippingLocked() {
        return "";
    }

    @Override
    protected boolean isTroubleOfTheStore(SQLException error) {
        return STORE_TROUBLE.contains(error.getErrorCode() & 0xff);
    }

    /** The claims made, in any order. */
    private List<Claim> claim(String set, String where, List<String> callbacks, int limit) throws SQLException {
        List<Object> values = new ArrayList<>(names(callbacks));
        values.add(0, owner);
        values.add(limit);
        String sql =
                "UPDATE aikit_call SET owner = ?, run = run + 1, " + set + " WHERE id IN (SELECT id FROM aikit_call"
                        + " WHERE " + where + " AND due IS NULL" + among(callbacks)
                        + " ORDER BY priority DESC, id LIMIT ?) RETURNING id, run";
        return link.query(sql, row -> new Claim(row.getLong(1), row.getInt(2)), values.toArray());
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
        claimed.sort(Comparator.comparing(Sendable::call, TURN));
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
        claimed.sort(Comparator.comparing(Deliverable::call, TURN));
        return claimed;
    }
}
