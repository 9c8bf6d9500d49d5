package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SQLite file, opened for one worker: one connection that writes, one that reads, and this worker's lock. */
public final class SqliteDatabase implements Store {
    private final Path file;
    private final OwnerFiles owners;
    private @Nullable Link writing;
    private @Nullable Link reading;

    private SqliteDatabase(Path file, OwnerFiles owners) {
        this.file = file;
        this.owners = owners;
    }

    /**
     * Opens the file, or makes it.
     *
     * @throws DurableStoreException if it cannot be used
     */
    public static SqliteDatabase open(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new IllegalArgumentException("file: a file in a folder that is there expected, not " + file);
        try (Link link = new Link(file)) {
            Schema.bring(link.connection);
        } catch (SQLException error) {
            throw new DurableStoreException("the store " + file + " cannot be opened: " + error.getMessage(), error);
        }
        // The same for all names of the file: two processes must not look for each other in different places.
        try {
            Path real = file.toRealPath();
            return new SqliteDatabase(real, OwnerFiles.create(real.resolveSibling(real.getFileName() + "-owners")));
        } catch (java.io.IOException error) {
            throw new DurableStoreException("the store " + file + " cannot be opened: " + error, error);
        }
    }

    @Override
    public String owner() {
        return owners.name();
    }

    @Override
    public void write(Work work) throws Exception {
        Link link = writing;
        if (link == null) writing = link = new Link(file);
        try {
            link.run("BEGIN IMMEDIATE");
            work.in(new SqliteTransaction(link, owner()));
            link.run("COMMIT");
        } catch (Throwable thrown) {
            // Whether a commit that failed was made is for the next transaction to find out, on a fresh connection:
            // closing this one rolls back what is open.
            writing = null;
            link.close();
            throw thrown;
        }
    }

    /** Something to read. */
    @FunctionalInterface
    private interface Reading<V> {
        V from(Link link) throws SQLException;
    }

    private synchronized <V> V read(Reading<V> what) {
        try {
            Link link = reading;
            if (link == null) reading = link = new Link(file);
            return what.from(link);
        } catch (SQLException error) {
            if (reading != null) reading.close();
            reading = null;
            throw new DurableStoreException("the store could not be read: " + error.getMessage(), error);
        }
    }

    @Override
    public List<String> deadOwners() {
        return read(link -> link.query("SELECT DISTINCT owner FROM aikit_registered", row -> row.getString(1))).stream()
                .filter(owners::isDead)
                .toList();
    }

    @Override
    public void forget(String owner) {
        owners.forget(owner);
    }

    @Override
    public long nextDue(List<String> callbacks, long now) {
        String places = "(?" + ", ?".repeat(callbacks.size() - 1) + ")";
        return read(link -> {
            for (int state : new int[] {0, 2}) {
                String ready = "SELECT 1 FROM aikit_call WHERE state = " + state + " AND due IS NULL AND callback IN "
                        + places + " LIMIT 1";
                if (!link.query(ready, row -> 0, callbacks.toArray()).isEmpty()) return 0L;
            }
            if (link.one("SELECT 1 FROM aikit_call WHERE due_set > ? LIMIT 1", row -> 0, SqliteTransaction.setBack(now))
                    != null) return 0L;
            List<Long> due = link.query(
                    "SELECT due FROM aikit_call WHERE due IS NOT NULL AND state IN (0, 2) ORDER BY due LIMIT 1",
                    row -> row.getLong(1));
            return due.isEmpty() ? Long.valueOf(Long.MAX_VALUE) : due.get(0);
        });
    }

    @Override
    public @Nullable CallRow find(String key) {
        String sql = "SELECT " + Rows.WITH_ANSWER + " FROM aikit_call c JOIN aikit_request r USING (id)"
                + " LEFT JOIN aikit_answer a USING (id) WHERE c.key = ?";
        List<CallRow> found = read(link -> link.query(sql, Rows::withAnswer, key));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public List<CallRow> list(DurableState state, long afterId, int limit) {
        String sql = "SELECT " + Rows.CALL + " FROM aikit_call c JOIN aikit_request r USING (id)" + " WHERE c.state = "
                + Rows.number(state) + " AND c.id > ? ORDER BY c.id LIMIT ?";
        return read(link -> link.query(sql, Rows::call, afterId, limit));
    }

    @Override
    public boolean isIdle() {
        return read(link -> {
            for (String some : new String[] {
                "state = 0 AND due IS NULL",
                "state = 2 AND due IS NULL",
                "due IS NOT NULL AND state IN (0, 2)",
                "owner IS NOT NULL"
            }) if (link.one("SELECT 1 FROM aikit_call WHERE " + some + " LIMIT 1", row -> 0) != null) return false;
            return true;
        });
    }

    @Override
    public Map<DurableState, Long> counts() {
        Map<DurableState, Long> counts = new EnumMap<>(DurableState.class);
        for (DurableState state : DurableState.values()) counts.put(state, 0L);
        read(link -> link.query(
                "SELECT state, count(*) FROM aikit_call GROUP BY state",
                row -> counts.put(Rows.state(row.getInt(1)), row.getLong(2))));
        return counts;
    }

    @Override
    public void close() {
        if (writing != null) writing.close();
        writing = null;
        synchronized (this) {
            if (reading != null) reading.close();
            reading = null;
        }
        owners.close();
    }
}
