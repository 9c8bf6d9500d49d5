package dev.aikit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Files that are there as a whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a file beside its place, and then moves it there, over one that is there already.
     *
     * @return the file
     * @throws UncheckedIOException if that fails; then no half of it is left
     */
    public static Path write(Path file, byte[] content) {
        Path target = Objects.requireNonNull(file, "file").toAbsolutePath();
        if (target.getFileName() == null || Files.isDirectory(target))
            throw new IllegalArgumentException("file: the name of a file expected, and " + file + " is a folder");
        Path part = partOf(target);
        try {
            try {
                Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(part, target);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(file + " cannot be written: " + failed, failed);
        }
        return file;
    }

    /** Where a file is written before it has its place: beside it, under a name that nobody else has. */
    public static Path partOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Gives what was written its place. */
    public static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
