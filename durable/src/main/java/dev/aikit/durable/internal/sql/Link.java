package dev.aikit.durable.internal.sqlite;

import dev.aikit.internal.QuietLogging;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/** One connection to the file, with its statements kept. For one thread at a time. */
final class Link implements AutoCloseable {
    /** Another process that has the write lock is waited for so long. */
    private static final int BUSY_MILLIS = 10_000;

    /** Reads one row. */
    @FunctionalInterface
    interface Row<V> {
        V of(ResultSet row) throws SQLException;
    }

    final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Link(Path file) throws SQLException {
        // The driver's own transactions are not used: they keep the write lock after a commit.
        connection = QuietLogging.during(() -> JDBC.createConnection("jdbc:sqlite:" + file, new Properties()));
        try {
            run("PRAGMA busy_timeout = " + BUSY_MILLIS);
            run("PRAGMA journal_mode = WAL");
            run("PRAGMA synchronous = FULL");
        } catch (SQLException | RuntimeException error) {
            close();
            throw error;
        }
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql, values);
        return statement.executeUpdate();
    }

    <V> List<V> query(String sql, Row<V> each, @Nullable Object... values) throws SQLException {
        List<V> found = new ArrayList<>();
        try (ResultSet rows = prepare(sql, values).executeQuery()) {
            while (rows.next()) found.add(each.of(rows));
        }
        return found;
    }

    <V> @Nullable V one(String sql, Row<V> each, @Nullable Object... values) throws SQLException {
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
            else statement.setString(i + 1, (String) value);
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
