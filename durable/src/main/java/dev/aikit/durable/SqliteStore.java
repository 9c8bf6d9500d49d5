package dev.aikit.durable;

import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A store in one SQLite file: no server, one machine, any number of processes. Beside the file lie SQLite's own
 * ({@code -wal}, {@code -shm}) and a folder ({@code -owners}) with a lock for each process that works; all belong together.
 * The file must be on a disk of this machine: locks over a network are not to be relied on.
 *
 * <p>It holds what was asked and answered in plain text, and no keys. Tables of your own may be in the same file: effects
 * that a callback writes with {@link DurableDelivery#write} are.
 */
public final class SqliteStore extends DurableStore {
    private final Path file;

    private SqliteStore(Path file) {
        this.file = file;
    }

    /** A store in that file, made when a worker opens it; its folder must be there. */
    public static SqliteStore at(Path file) {
        return new SqliteStore(Objects.requireNonNull(file, "file").toAbsolutePath());
    }

    @Override
    Store open() {
        return SqliteDatabase.open(file);
    }

    @Override
    public String toString() {
        return "SqliteStore[" + file + "]";
    }
}
