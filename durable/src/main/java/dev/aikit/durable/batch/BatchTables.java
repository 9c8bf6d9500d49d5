package dev.aikit.durable.batch;

import dev.aikit.durable.DurableWorker;
import dev.aikit.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a batch, in the store of its calls. When a call is done, its key is put into {@code aikit_batch_result} in
 * the same transaction. From there the result is written to the output, and the key is removed together with the note of
 * how long the output is by then: what a process wrote before it died, and did not note, is cut off and written again.
 */
final class BatchTables {
    private static final int PAGE = 500;

    /** Later ones are larger, also after a step back of the clock within this process. */
    private static final AtomicLong LAST = new AtomicLong();

    private BatchTables() {}

    /** Makes the tables where they are not there. */
    static void make(DurableWorker worker) {
        worker.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS aikit_batch (id INTEGER PRIMARY KEY, settings TEXT NOT NULL,"
                                + " state TEXT NOT NULL, total BIGINT NOT NULL, submitted BIGINT NOT NULL,"
                                + " written BIGINT NOT NULL, done BIGINT NOT NULL, input_tokens BIGINT NOT NULL,"
                                + " output_tokens BIGINT NOT NULL)");
                statement.execute("CREATE TABLE IF NOT EXISTS aikit_batch_result (call_key TEXT PRIMARY KEY,"
                        + " ended BIGINT NOT NULL)");
                statement.execute("CREATE INDEX IF NOT EXISTS aikit_batch_result_ended ON aikit_batch_result (ended)");
                PartTables.make(statement);
            }
        });
    }

    /** The batch of a store; null if it has none. */
    static @Nullable BatchRow find(DurableWorker worker) {
        AtomicReference<@Nullable BatchRow> found = new AtomicReference<>();
        worker.write(connection -> found.set(read(connection)));
        return found.get();
    }

    private static @Nullable BatchRow read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT settings, state, total, submitted, written, done,"
                        + " input_tokens, output_tokens FROM aikit_batch WHERE id = 1")) {
            if (!row.next()) return null;
            return new BatchRow(
                    Json.parse(row.getString(1)),
                    BatchState.valueOf(row.getString(2)),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8));
        }
    }

    /** Begins a batch. */
    static void insert(DurableWorker worker, Json settings, long total) {
        worker.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO aikit_batch VALUES (1, ?, ?, ?, 0, 0, 0, 0, 0)")) {
                insert.setString(1, settings.toString());
                insert.setString(2, BatchState.OPEN.name());
                insert.setLong(3, total);
                insert.executeUpdate();
            }
        });
    }

    static void setState(DurableWorker worker, BatchState state) {
        worker.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE aikit_batch SET state = ? WHERE id = 1")) {
                update.setString(1, state.name());
                update.executeUpdate();
            }
        });
    }

    /** That a call is done: an effect of its end. */
    static void ended(Connection connection, String key) throws SQLException {
        long now = LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis() * 1_000));
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO aikit_batch_result VALUES (?, ?)")) {
            insert.setString(1, key);
            insert.setLong(2, now);
            insert.executeUpdate();
        }
    }

    /**
     * What is to be written next.
     *
     * @param keys of calls that are done, in the order in which they were
     * @param state as somebody else may have set it
     */
    record Page(List<String> keys, BatchState state) {
        boolean isFull() {
            return keys.size() == PAGE;
        }
    }

    /** Notes what was written, and looks for what is next. */
    static Page next(DurableWorker worker, BatchRow row, List<String> written) {
        AtomicReference<@Nullable Page> page = new AtomicReference<>();
        worker.write(connection -> {
            note(connection, row, written);
            BatchRow now = read(connection);
            page.set(new Page(keys(connection), now == null ? row.state() : now.state()));
        });
        Page next = page.get();
        if (next == null) throw new IllegalStateException("the transaction was not run");
        return next;
    }

    static void note(Connection connection, BatchRow row, List<String> written) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM aikit_batch_result WHERE call_key = ?");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE aikit_batch SET submitted = ?, written = ?,"
                                + " done = ?, input_tokens = ?, output_tokens = ? WHERE id = 1")) {
            for (String key : written) {
                delete.setString(1, key);
                delete.executeUpdate();
            }
            update.setLong(1, row.submitted());
            update.setLong(2, row.written());
            update.setLong(3, row.done());
            update.setLong(4, row.inputTokens());
            update.setLong(5, row.outputTokens());
            update.executeUpdate();
        }
    }

    private static List<String> keys(Connection connection) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT call_key FROM aikit_batch_result ORDER BY ended LIMIT " + PAGE)) {
            while (rows.next()) keys.add(rows.getString(1));
        }
        return keys;
    }
}
