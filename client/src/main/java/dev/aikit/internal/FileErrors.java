package dev.aikit.internal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words: the JDK's message for the usual cases is the file's name alone. */
public final class FileErrors {
    private FileErrors() {}

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
