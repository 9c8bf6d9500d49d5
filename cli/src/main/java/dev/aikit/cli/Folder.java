package dev.aikit.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder to save to: whether it can be used is found out before anything is asked of a server. */
final class Folder {
    private Folder() {}

    /**
     * Makes it if it is not there.
     *
     * @throws IllegalArgumentException if it cannot be made or written to
     */
    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw new IllegalArgumentException(folder + " is not a folder", file);
        } catch (IOException failed) {
            throw new IllegalArgumentException("the folder " + folder + " cannot be made" + reason(failed), failed);
        }
        check(folder);
    }

    /**
     * Whether files can be saved in it.
     *
     * @throws IllegalArgumentException if not
     */
    static void check(Path folder) {
        if (!Files.exists(folder)) throw new IllegalArgumentException("the folder " + folder + " is not there");
        if (!Files.isDirectory(folder)) throw new IllegalArgumentException(folder + " is not a folder");
        try { // only a file that is made tells: a volume may be read-only, and rights are more than bits
            Files.delete(Files.createTempFile(folder, ".aikit", ".part"));
        } catch (IOException failed) {
            throw new IllegalArgumentException(
                    "the folder " + folder + " cannot be written to" + reason(failed), failed);
        }
    }

    /** In words: the JDK's message for the usual cases is the path alone. */
    private static String reason(IOException failed) {
        if (failed instanceof AccessDeniedException) return ": access denied";
        String reason = failed instanceof FileSystemException known ? known.getReason() : failed.getMessage();
        return reason == null ? ": the system refuses it" : ": " + reason;
    }
}
