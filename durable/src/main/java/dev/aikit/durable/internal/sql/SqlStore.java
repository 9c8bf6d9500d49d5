package dev.aikit.durable.internal.sql;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What any SQL database can read of a store, on a connection for reading. */
public abstract class SqlStore implements Store {
    private @Nullable Link reading;

    /** A new connection. */
    protected abstract Link connect() throws SQLException;

    /** Something to read. */
    @FunctionalInterface
    protected interface Reading<V> {
        /** Reads it. */
        V from(Link link) throws SQLException;
    }

    /**
     * Reads; on a new connection if the one at hand has been lost meanwhile.
     *
     * @throws DurableStoreException if that cannot be done
     */
    protected final synchronized <V> V read(Reading<V> what) {
        boolean fresh = reading == null;
        try {
            return readOnce(what);
        } catch (SQLException error) {
            try {
                if (!fresh) return readOnce(what);
                throw error;
            } catch (SQLException again) {
                throw new DurableStoreException("the store could not be read: " + again.getMessage(), again);
            }
        }
    }

    private <V> V readOnce(Reading<V> what) throws SQLException {
        try {
            Link link = reading;
            if (link == null) reading = link = connect();
            return what.from(link);
        } catch (SQLException error) {
            closeReading();
            throw error;
        }
    }

    @Override
    public final long nextDue(List<String> callbacks, boolean delivers, long now) {
        String ready = " AND due IS NULL" + SqlTransaction.among(callbacks) + ")";
        List<String> names = SqlTransaction.names(callbacks);
        String sql = "SELECT CASE WHEN EXISTS (SELECT 1 FROM aikit_call WHERE state = 0" + ready
                + (delivers ? " OR EXISTS (SELECT 1 FROM aikit_call WHERE state = 2" + ready : "")
                + " OR EXISTS (SELECT 1 FROM aikit_call WHERE due_set IS NOT NULL AND due_set > ?) THEN 0"
                + " ELSE (SELECT due FROM aikit_call WHERE due IS NOT NULL AND state IN (0, " + (delivers ? "2" : "0")
                + ") ORDER BY due LIMIT 1) END";
        List<Object> values = new ArrayList<>(names);
        if (delivers) values.addAll(names);
        values.add(SqlTransaction.setBack(now));
        Long due = read(link -> link.one(
                sql,
                row -> {
                    long time = row.getLong(1);
                    return row.wasNull() ? Long.MAX_VALUE : time;
                },
                values.toArray()));
        return due == null ? Long.MAX_VALUE : due;
    }

    @Override
    public final @Nullable CallRow find(String key) {
        String sql = "SELECT " + Rows.WITH_ANSWER + " FROM aikit_call c JOIN aikit_request r USING (id)"
                + " LEFT JOIN aikit_answer a USING (id) WHERE c.key = ?";
        List<CallRow> found = read(link -> link.query(sql, Rows::withAnswer, key));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public final List<CallRow> list(DurableState state, long afterId, int limit) {
        String sql = "SELECT " + Rows.CALL + " FROM aikit_call c JOIN aikit_request r USING (id) WHERE c.state = "
                + Rows.number(state) + " AND c.id > ? ORDER BY c.id LIMIT ?";
        return read(link -> link.query(sql, Rows::call, afterId, limit));
    }

    @Override
    public final boolean isIdle() {
        String calls = "EXISTS (SELECT 1 FROM aikit_call WHERE ";
        String sql =
                "SELECT 1 WHERE " + calls + "state = 0 AND due IS NULL) OR " + calls + "state = 2 AND due IS NULL) OR "
                        + calls + "due IS NOT NULL AND state IN (0, 2)) OR " + calls + "owner IS NOT NULL)";
        return read(link -> link.query(sql, row -> 0)).isEmpty();
    }

    @Override
    public final Map<DurableState, Long> counts() {
        Map<DurableState, Long> counts = new EnumMap<>(DurableState.class);
        for (DurableState state : DurableState.values()) counts.put(state, 0L);
        read(link -> link.query(
                "SELECT state, count(*) FROM aikit_call GROUP BY state",
                row -> counts.put(Rows.state(row.getInt(1)), row.getLong(2))));
        return counts;
    }

    /** Gives the connection for reading back. */
    protected final synchronized void closeReading() {
        if (reading != null) reading.close();
        reading = null;
    }
}
