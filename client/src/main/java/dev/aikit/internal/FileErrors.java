package dev.aikit.internal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What went wrong with a file, in words: the JDK's message for the usual cases is the file's name alone. */
public final class FileErrors {
    private FileErrors() {}

    /** The words, of a file that has just been named. */
    public static String words(Throwable thrown, Path named) {
        return thrown instanceof FileSystemException failure
                        && failure.getReason() != null
                        && named.toString().equals(failure.getFile())
                ? failure.getReason()
                : words(thrown);
    }

    /** The words. */
    public static String words(Throwable thrown) {
        if (thrown instanceof NoSuchFileException missing) return "no such file or directory: " + missing.getFile();
        if (thrown instanceof AccessDeniedException denied) return "access denied: " + denied.getFile();
        if (thrown instanceof FileAlreadyExistsException there)
            return "there is something else of that name: " + there.getFile();
        String message = thrown.getMessage();
        return message == null || message.isEmpty() ? thrown.getClass().getSimpleName() : message;
    }
}
