package dev.aikit.durable.internal.sql;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection to the database, with its statements kept. For one thread at a time. */
public final class Link implements AutoCloseable {
    /** Reads one row. */
    @FunctionalInterface
    public interface Row<V> {
        /** Reads it. */
        V of(ResultSet row) throws SQLException;
    }

    /** Something that comes before other statements. */
    @FunctionalInterface
    public interface First {
        /** Does it. */
        void run() throws SQLException;
    }

    /** Hears how many rows a statement has changed. */
    @FunctionalInterface
    public interface Changed {
        /** So many. */
        void rows(int number) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<PreparedStatement, List<Changed>> waiting = new LinkedHashMap<>();
    private @Nullable First first;

    /** On a connection that is this one's from here on. */
    public Link(Connection connection) {
        this.connection = connection;
    }

    /** The connection itself. */
    public Connection connection() {
        return connection;
    }

    /**
     * Has a statement run before the next one that is not run later, together with others: one way to the server for all.
     *
     * @param changed told how many rows it has changed
     */
    public void later(String sql, Changed changed, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = bind(sql, values);
        statement.addBatch();
        waiting.computeIfAbsent(statement, first -> new ArrayList<>()).add(changed);
    }

    /** Has that done before the next statement that is not run later, once; null for nothing any more. */
    public void before(@Nullable First what) {
        first = what;
    }

    /** Runs what was to be run later. */
    public void flush() throws SQLException {
        while (!waiting.isEmpty()) {
            PreparedStatement statement = waiting.keySet().iterator().next();
            List<Changed> told = Objects.requireNonNull(waiting.remove(statement));
            int[] counts;
            try {
                counts = statement.executeBatch();
            } catch (BatchUpdateException error) {
                SQLException cause = error.getNextException(); // its own message has all values in it
                throw cause != null ? cause : new SQLException("a group was not written", error.getSQLState());
            }
            for (int i = 0; i < counts.length; i++) told.get(i).rows(counts[i]);
        }
        First due = first;
        first = null;
        if (due != null) due.run();
    }

    /** Forgets what was to be run later: its transaction is over. */
    public void forget() throws SQLException {
        for (PreparedStatement statement : waiting.keySet()) statement.clearBatch();
        waiting.clear();
        first = null;
    }

    /** Runs statements without values. */
    public void run(String sql) throws SQLException {
        flush();
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement, and returns how many rows it has changed. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return prepare(sql, values).executeUpdate();
    }

    /** Runs several statements in one go, where the driver can, and returns how many rows the last one has changed. */
    public int lastChange(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statements = prepare(sql, values);
        statements.execute();
        int changed = statements.getUpdateCount();
        while (!statements.getMoreResults() && statements.getUpdateCount() >= 0) changed = statements.getUpdateCount();
        return changed;
    }

    /** Runs several statements in one go, where the driver can; those that return rows each have their reader. */
    public void inOneWay(String sql, List<Row<?>> readers, @Nullable Object... values) throws SQLException {
        PreparedStatement statements = prepare(sql, values);
        Iterator<Row<?>> reader = readers.iterator();
        for (boolean rows = statements.execute();
                rows || statements.getUpdateCount() >= 0;
                rows = statements.getMoreResults()) {
            if (!rows) continue;
            Row<?> each = reader.next();
            try (ResultSet found = statements.getResultSet()) {
                while (found.next()) each.of(found);
            }
        }
    }

    /** Reads rows. */
    public <V> List<V> query(String sql, Row<V> each, @Nullable Object... values) throws SQLException {
        List<V> found = new ArrayList<>();
        try (ResultSet rows = prepare(sql, values).executeQuery()) {
            while (rows.next()) found.add(each.of(rows));
        }
        return found;
    }

    /** Reads the first row, if there is one. */
    public <V> @Nullable V one(String sql, Row<V> each, @Nullable Object... values) throws SQLException {
        List<V> found = query(sql, each, values);
        return found.isEmpty() ? null : found.get(0);
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        flush();
        return bind(sql, values);
    }

    private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) prepared.put(sql, statement = connection.prepareStatement(sql));
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof byte[] bytes) statement.setBytes(i + 1, bytes);
            else if (value instanceof Integer number) statement.setInt(i + 1, number);
            else if (value instanceof Long number) statement.setLong(i + 1, number);
            else if (value instanceof Long[] numbers)
                statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
            else if (value instanceof Integer[] numbers)
                statement.setArray(i + 1, connection.createArrayOf("integer", numbers));
            else if (value instanceof byte[][] all) statement.setArray(i + 1, connection.createArrayOf("bytea", all));
            else if (value instanceof String[] texts)
                statement.setArray(
                        i + 1,
                        connection.createArrayOf(
                                "text", Stream.of(texts).map(Link::taken).toArray()));
            else if (value == null) statement.setNull(i + 1, Types.NULL);
            else statement.setString(i + 1, taken((String) value));
        }
        return statement;
    }

    /** Not every database takes a character 0. */
    private static String taken(String text) {
        return text.replace('\0', '\ufffd');
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : prepared.values()) statement.close();
            connection.close();
        } catch (SQLException nothingMoreToLose) {
            System.getLogger("dev.aikit.durable")
                    .log(System.Logger.Level.DEBUG, "a connection to the store did not close", nothingMoreToLose);
        }
    }
}
