package dev.aikit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Files that are there as a whole or not at all. */
public final class WholeFile {
    /** What Linux allows. */
    private static final int MOST_LINKS = 40;

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
        try {
            Path place = placeOf(target);
            Path part = partOf(place);
            try {
                Files.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(part, place);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            IOException named = inTermsOf(target, failed);
            throw new UncheckedIOException(file + " cannot be written: " + FileErrors.words(named, target), named);
        }
        return file;
    }

    /**
     * The place that a target stands for: where its symbolic links lead, so that they stay.
     *
     * @throws IOException if something is there that is not a file, which a file would take the place of
     */
    public static Path placeOf(Path target) throws IOException {
        Path place = target.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) throw flaw(target, "its symbolic links lead nowhere");
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        if (Files.isDirectory(place)) throw flaw(target, "a file expected, but it is a directory");
        if (Files.exists(place) && !Files.isRegularFile(place))
            throw flaw(target, "a file expected, but it is a device, a pipe or a socket");
        return place;
    }

    private static FileSystemException flaw(Path target, String what) {
        return new FileSystemException(target.toString(), null, what);
    }

    /** The same failure without the name of the part, which nobody knows: it names the target or its folder. */
    public static IOException inTermsOf(Path target, IOException failure) {
        if (!(failure instanceof FileSystemException named) || target.toString().equals(named.getFile()))
            return failure;
        Path parent = target.toAbsolutePath().getParent();
        String folder = String.valueOf(parent);
        FileSystemException told;
        if (failure instanceof AccessDeniedException) told = new AccessDeniedException(folder);
        else if (failure instanceof NoSuchFileException && parent != null && Files.isDirectory(parent))
            told = flaw(target, "what had been written beside it is gone");
        else if (failure instanceof NoSuchFileException) told = new NoSuchFileException(folder);
        else told = flaw(target, named.getReason() == null ? "the file system refused" : named.getReason());
        told.initCause(failure);
        return told;
    }

    /** Where a file is written before it has its place: beside it, under a name that nobody else has, and no longer than that. */
    public static Path partOf(Path target) {
        return target.resolveSibling(".aikit-" + UUID.randomUUID() + ".part");
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
