package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.DurableStoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who works with a store: a file for each owner, locked for as long as the owner lives. The operating system gives the lock
 * back when the process ends in whatever way, and not before: a process that is stopped or slow is not dead. No clock has a
 * part in it.
 */
final class OwnerFiles implements AutoCloseable {
    /** Never opened again by this process: closing any channel of a file gives back all of the process's locks on it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String name;
    private final FileChannel held;

    private OwnerFiles(Path folder, String name, FileChannel held) {
        this.folder = folder;
        this.name = name;
        this.held = held;
    }

    /** A new owner, alive from here on. */
    static OwnerFiles create(Path folder) {
        String name = UUID.randomUUID().toString();
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            HELD_HERE.add(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) throw new IOException(file + " is locked by another process");
            return new OwnerFiles(folder, name, channel);
        } catch (IOException error) {
            HELD_HERE.remove(file);
            throw new DurableStoreException("no lock for this worker beside the store: " + error, error);
        }
    }

    String name() {
        return name;
    }

    /** Whether that owner's process has ended. In doubt it has not. */
    boolean isDead(String owner) {
        Path file = folder.resolve(owner);
        if (HELD_HERE.contains(file)) return false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException heldByAnotherLoaderOfThisClass) {
            return false;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** Removes a dead owner's file. */
    void forget(String owner) {
        try {
            Files.deleteIfExists(folder.resolve(owner));
        } catch (IOException staysAsRubbish) {
            System.getLogger("dev.aikit.durable")
                    .log(System.Logger.Level.DEBUG, "an owner's file stays: " + owner, staysAsRubbish);
        }
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException error) {
            throw new DurableStoreException("the worker's lock was not given back: " + error, error);
        } finally {
            HELD_HERE.remove(folder.resolve(name));
        }
        forget(name);
    }
}
