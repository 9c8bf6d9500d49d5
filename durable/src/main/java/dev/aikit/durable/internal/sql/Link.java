package dev.aikit.durable.internal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to the database, with its statements kept. For one thread at a time. */
public final class Link implements AutoCloseable {
    /** Reads one row. */
    @FunctionalInterface
    public interface Row<V> {
        /** Reads it. */
        V of(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** On a connection that is this one's from here on. */
    public Link(Connection connection) {
        this.connection = connection;
    }

    /** The connection itself. */
    public Connection connection() {
        return connection;
    }

    /** Runs statements without values. */
    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement, and returns how many rows it has changed. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return prepare(sql, values).executeUpdate();
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
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) prepared.put(sql, statement = connection.prepareStatement(sql));
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof byte[] bytes) statement.setBytes(i + 1, bytes);
            else if (value instanceof Integer number) statement.setInt(i + 1, number);
            else if (value instanceof Long number) statement.setLong(i + 1, number);
            else if (value == null) statement.setNull(i + 1, Types.NULL);
            else statement.setString(i + 1, ((String) value).replace('\0', '\ufffd')); // not every database takes it
        }
        return statement;
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
