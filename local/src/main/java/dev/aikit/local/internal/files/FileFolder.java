package dev.aikit.local.internal.files;

import dev.aikit.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one server: for each file {@code ID.data} with its content and {@code ID.json} with what is known of it, which is
 * written last and deleted first; and {@code uploads} for what is not complete yet.
 */
final class FileFolder {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final String UPLOADS = "uploads";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private FileFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens a folder, made if it is not there; deletes what earlier servers left half done.
     *
     * @throws UncheckedIOException if that cannot be, or another server uses it
     */
    static FileFolder open(Path path) {
        try {
            Files.createDirectories(path.resolve(UPLOADS));
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isFree(channel)) {
                channel.close();
                throw new IOException("another server uses it");
            }
            FileFolder folder = new FileFolder(path, channel);
            for (Path leftOver : list(folder.uploads(), "*")) Files.deleteIfExists(leftOver);
            return folder;
        } catch (IOException error) {
            String message = "files: cannot use the folder " + path + ": " + reason(error);
            throw new UncheckedIOException(message, new IOException(message, error));
        }
    }

    /** In words: the JDK's message for the usual cases is the path alone. */
    private static String reason(IOException error) {
        if (error instanceof AccessDeniedException denied) return "access denied: " + denied.getFile();
        if (error instanceof NoSuchFileException missing) return "it cannot be made: " + missing.getFile();
        return String.valueOf(error.getMessage());
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** Where uploads are written while they arrive. */
    Path uploads() {
        return path.resolve(UPLOADS);
    }

    Path content(String id) {
        return path.resolve(id + ".data");
    }

    private Path record(String id) {
        return path.resolve(id + ".json");
    }

    /** What earlier servers kept here. A content without its record is what an end in the middle of an upload left: deleted. */
    List<StoredFile> load() {
        try {
            List<StoredFile> files = new ArrayList<>();
            for (Path record : list(path, "file-*.json")) {
                StoredFile file = read(record);
                if (file != null) files.add(file);
            }
            for (Path content : list(path, "file-*.data")) {
                String name = content.getFileName().toString().replaceFirst("data$", "json");
                if (Files.notExists(path.resolve(name))) Files.deleteIfExists(content);
            }
            return files;
        } catch (IOException error) {
            throw new UncheckedIOException("files: cannot read the folder " + path, error);
        }
    }

    private @Nullable StoredFile read(Path record) throws IOException {
        try {
            StoredFile file = StoredFile.ofRecord(Files.readAllBytes(record));
            boolean whole = record.equals(record(file.id())) && Files.size(content(file.id())) == file.bytes();
            if (whole) return file;
        } catch (JsonException | java.nio.file.NoSuchFileException damaged) {
            LOG.log(System.Logger.Level.DEBUG, record + " cannot be read", damaged);
        }
        LOG.log(System.Logger.Level.WARNING, "files: " + record + " does not fit to a file beside it; left out");
        return null;
    }

    /** Keeps the record of a file whose content is in its place. */
    void add(StoredFile file) throws IOException {
        Path draft = uploads().resolve(file.id() + ".json");
        Files.write(draft, file.toRecord());
        Files.move(draft, record(file.id()), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(record(id));
        Files.deleteIfExists(content(id));
    }

    void close() throws IOException {
        lock.close();
    }

    /** Closes, and deletes the folder with all that is in it. */
    void closeAndDelete() throws IOException {
        close();
        for (Path file : list(uploads(), "*")) Files.deleteIfExists(file);
        Files.deleteIfExists(uploads());
        for (Path file : list(path, "*")) Files.deleteIfExists(file);
        Files.deleteIfExists(path);
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        }
        return found;
    }
}
