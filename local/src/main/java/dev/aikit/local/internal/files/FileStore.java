package dev.aikit.local.internal.files;

import dev.aikit.local.internal.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The uploaded files. A folder that was given keeps them for the next server; a temporary one goes when this is closed. */
public final class FileStore implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final String ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
    private static final int ID_LENGTH = 24;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final boolean temporary;
    private final Map<String, StoredFile> files = new HashMap<>();
    private @Nullable FileFolder folder;
    private long lastSequence;
    private boolean closed;

    /**
     * Opens the folder; a temporary one is made when it is first needed.
     *
     * @param given null for a temporary one
     * @throws UncheckedIOException if the folder cannot be used
     */
    public FileStore(@Nullable Path given, InstantSource clock) {
        this.clock = clock;
        this.temporary = given == null;
        if (given == null) return;
        FileFolder opened = FileFolder.open(given);
        for (StoredFile file : opened.load()) {
            files.put(file.id(), file);
            lastSequence = Math.max(lastSequence, file.sequence());
        }
        folder = opened;
    }

    private synchronized FileFolder folder() throws IOException {
        if (closed) throw ApiError.closing();
        FileFolder opened = folder;
        if (opened == null) {
            opened = FileFolder.open(Files.createTempDirectory("aikit-files"));
            folder = opened;
        }
        return opened;
    }

    /** Where to write what is to be {@linkplain #add added}. */
    public Path uploads() throws IOException {
        return folder().uploads();
    }

    /** Puts the content in its place. */
    @FunctionalInterface
    public interface Content {
        /** Moves or writes it there, and gives its length. */
        long moveTo(Path place) throws IOException;
    }

    /** Keeps a file. The content is moved before anybody can see the file. */
    public StoredFile add(Content content, String filename, String purpose, @Nullable Long lifeSeconds)
            throws IOException {
        FileFolder opened = folder();
        String id = newId();
        try {
            long bytes = content.moveTo(opened.content(id));
            synchronized (this) {
                if (closed) throw ApiError.closing();
                long now = clock.instant().getEpochSecond();
                Long expires = lifeSeconds == null ? null : now + lifeSeconds;
                StoredFile file = new StoredFile(id, ++lastSequence, bytes, now, expires, filename, purpose);
                opened.add(file);
                files.put(id, file);
                return file;
            }
        } catch (IOException | RuntimeException failed) {
            opened.delete(id);
            throw failed;
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder("file-");
        for (int i = 0; i < ID_LENGTH; i++) id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        return id.toString();
    }

    /** The files that have not expired, in the order of their uploads. */
    public synchronized List<StoredFile> list() {
        deleteExpired();
        return files.values().stream()
                .sorted(Comparator.comparingLong(StoredFile::sequence))
                .toList();
    }

    /**
     * One file.
     *
     * @throws ApiError if there is none of this id, or it has expired
     */
    public synchronized StoredFile get(String id) {
        deleteExpired();
        StoredFile file = files.get(id);
        if (file == null) throw ApiError.notFound("id", "No such File object: " + id);
        return file;
    }

    /** The content of a file; what was opened can be read to its end even if the file is deleted meanwhile. */
    public synchronized FileChannel open(StoredFile file) throws IOException {
        return FileChannel.open(folder().content(get(file.id()).id()), StandardOpenOption.READ);
    }

    /** Deletes a file. */
    public synchronized void delete(String id) throws IOException {
        folder().delete(get(id).id());
        files.remove(id);
    }

    private void deleteExpired() {
        long now = clock.instant().getEpochSecond();
        files.values().removeIf(file -> file.isExpired(now) && deleted(file.id()));
    }

    private boolean deleted(String id) {
        try {
            folder().delete(id);
        } catch (IOException error) {
            LOG.log(System.Logger.Level.WARNING, "files: " + id + " has expired, but cannot be deleted", error);
        }
        return true;
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        FileFolder opened = folder;
        if (opened == null) return;
        try {
            if (temporary) opened.closeAndDelete();
            else opened.close();
        } catch (IOException error) {
            LOG.log(System.Logger.Level.WARNING, "files: the folder was not closed in order", error);
        }
    }
}
