package dev.aikit.durable.batch;

import dev.aikit.durable.DurableWorker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the store knows of the parts that are at a provider, and of the requests that failed there. */
final class PartTables {
    /** The part of a failure that is final, and of one that is to be sent again. */
    private static final int FAILED = 0;

    private static final int AGAIN = -1;

    private PartTables() {}

    static void make(Statement statement) throws SQLException {
        statement.execute(
                "CREATE TABLE IF NOT EXISTS aikit_batch_part (number INTEGER PRIMARY KEY, first BIGINT NOT NULL,"
                        + " requests BIGINT NOT NULL, file_id TEXT NOT NULL, batch_id TEXT NOT NULL, merged INTEGER NOT NULL)");
        statement.execute("CREATE TABLE IF NOT EXISTS aikit_batch_failure (call_key TEXT PRIMARY KEY,"
                + " part INTEGER NOT NULL, line TEXT NOT NULL)");
        statement.execute("CREATE INDEX IF NOT EXISTS aikit_batch_failure_part ON aikit_batch_failure (part)");
    }

    static List<Part> parts(DurableWorker worker) {
        List<Part> parts = new ArrayList<>();
        worker.write(connection -> {
            parts.clear();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT number, first, requests, file_id, batch_id, merged"
                            + " FROM aikit_batch_part ORDER BY number")) {
                while (row.next())
                    parts.add(new Part(
                            row.getInt(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5),
                            row.getInt(6) != 0));
            }
        });
        return parts;
    }

    static void insert(DurableWorker worker, List<Part> parts) {
        worker.write(connection -> {
            for (Part part : parts) insert(connection, part);
        });
    }

    private static void insert(Connection connection, Part part) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO aikit_batch_part VALUES (?, ?, ?, '', '', 0)")) {
            insert.setInt(1, part.number());
            insert.setLong(2, part.first());
            insert.setLong(3, part.requests());
            insert.executeUpdate();
        }
    }

    static void update(DurableWorker worker, Part part) {
        worker.write(connection -> update(connection, part));
    }

    private static void update(Connection connection, Part part) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE aikit_batch_part SET file_id = ?, batch_id = ?, merged = ? WHERE number = ?")) {
            update.setString(1, part.fileId());
            update.setString(2, part.batchId());
            update.setInt(3, part.merged() ? 1 : 0);
            update.setInt(4, part.number());
            update.executeUpdate();
        }
    }

    /** Notes in one transaction how long the output is, that the part is in it, and what of it has failed. */
    static void merged(DurableWorker worker, BatchRow row, Part part, Map<String, String> failures) {
        worker.write(connection -> {
            BatchTables.note(connection, row, List.of());
            update(connection, part.done());
            try (PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM aikit_batch_failure WHERE part = ?");
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO aikit_batch_failure VALUES (?, ?, ?)")) {
                delete.setInt(1, part.number());
                delete.executeUpdate();
                for (Map.Entry<String, String> failure : failures.entrySet()) {
                    insert.setString(1, failure.getKey());
                    insert.setInt(2, FAILED);
                    insert.setString(3, failure.getValue());
                    insert.executeUpdate();
                }
            }
        });
    }

    /** Whatever has failed is to be sent again; returns how many requests. */
    static long again(DurableWorker worker) {
        long[] changed = {0};
        worker.write(connection -> {
            try (Statement update = connection.createStatement()) {
                changed[0] = update.executeUpdate(
                        "UPDATE aikit_batch_failure SET part = " + AGAIN + " WHERE part = " + FAILED);
            }
        });
        return changed[0];
    }

    /** Puts up to so many of those that are to be sent again into that part; returns how many. */
    static long take(DurableWorker worker, int number, int limit) {
        long[] taken = {0};
        worker.write(connection -> {
            try (PreparedStatement take = connection.prepareStatement("UPDATE aikit_batch_failure SET part = ? WHERE"
                    + " call_key IN (SELECT call_key FROM aikit_batch_failure WHERE part = " + AGAIN + " LIMIT ?)")) {
                take.setInt(1, number);
                take.setInt(2, limit);
                taken[0] = take.executeUpdate();
            }
            if (taken[0] > 0) insert(connection, new Part(number, -1, taken[0], "", "", false));
        });
        return taken[0];
    }

    /** Keys of failures: of one part. */
    static Set<String> keys(DurableWorker worker, int part) {
        Set<String> keys = new HashSet<>();
        worker.write(connection -> {
            keys.clear();
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT call_key FROM aikit_batch_failure WHERE part = ?")) {
                select.setInt(1, part);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) keys.add(rows.getString(1));
                }
            }
        });
        return keys;
    }

    static long failed(DurableWorker worker) {
        long[] failed = {0};
        worker.write(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT count(*) FROM aikit_batch_failure WHERE part = " + FAILED)) {
                if (row.next()) failed[0] = row.getLong(1);
            }
        });
        return failed[0];
    }

    /** A page of final failures, with their lines, those after a key. */
    static Map<String, String> failures(DurableWorker worker, String after, int limit) {
        Map<String, String> page = new LinkedHashMap<>();
        worker.write(connection -> {
            page.clear();
            try (PreparedStatement select = connection.prepareStatement("SELECT call_key, line FROM aikit_batch_failure"
                    + " WHERE part = " + FAILED + " AND call_key > ? ORDER BY call_key LIMIT ?")) {
                select.setString(1, after);
                select.setInt(2, limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) page.put(rows.getString(1), rows.getString(2));
                }
            }
        });
        return page;
    }
}
