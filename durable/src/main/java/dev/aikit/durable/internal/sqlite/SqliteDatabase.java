package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.internal.sql.Link;
import dev.aikit.durable.internal.sql.SqlStore;
import dev.aikit.internal.QuietLogging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/** A SQLite file, opened for one worker: one connection that writes, one that reads, and this worker's lock. */
public final class SqliteDatabase extends SqlStore {
    /** Another process that has the write lock is waited for so long. */
    private static final int BUSY_MILLIS = 10_000;

    private final Path file;
    private final OwnerFiles owners;
    private @Nullable Link writing;

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
        try (Link link = link(file)) {
            Schema.bring(link.connection());
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

    private static Link link(Path file) throws SQLException {
        // The driver's own transactions are not used: they keep the write lock after a commit.
        Link link = new Link(QuietLogging.during(() -> JDBC.createConnection("jdbc:sqlite:" + file, new Properties())));
        try {
            link.run("PRAGMA busy_timeout = " + BUSY_MILLIS);
            link.run("PRAGMA journal_mode = WAL");
            link.run("PRAGMA synchronous = FULL");
            return link;
        } catch (SQLException | RuntimeException error) {
            link.close();
            throw error;
        }
    }

    @Override
    protected Link connect() throws SQLException {
        return link(file);
    }

    @Override
    public String owner() {
        return owners.name();
    }

    @Override
    public LongSupplier clock() {
        return System::currentTimeMillis;
    }

    @Override
    public void write(Work work) throws Exception {
        Link link = writing;
        if (link == null) writing = link = link(file);
        try {
            link.run("BEGIN IMMEDIATE");
            work.in(new SqliteTransaction(link, owner()));
            link.flush();
            link.run("COMMIT");
        } catch (Throwable thrown) {
            // Whether a commit that failed was made is for the next transaction to find out, on a fresh connection:
            // closing this one rolls back what is open.
            writing = null;
            link.close();
            throw thrown;
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
    public void close() {
        if (writing != null) writing.close();
        writing = null;
        closeReading();
        owners.close();
    }
}
