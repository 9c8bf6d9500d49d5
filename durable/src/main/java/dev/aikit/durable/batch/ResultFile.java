package dev.aikit.durable.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The output. Whoever has it open is the one process that works on the batch: the operating system sees to that. */
final class ResultFile implements Closeable {
    /** Far behind all results: some systems keep others from reading what is locked. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    /** Never opened again by this process: closing any channel of a file gives back all of the process's locks on it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long length;

    private ResultFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens it, or makes it; null if somebody else works on it. */
    static @Nullable ResultFile open(Path file) throws IOException {
        if (!HELD_HERE.add(file)) return null;
        FileChannel channel = null;
        boolean mine = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            mine = channel.tryLock(LOCKED, 1, false) != null;
            return mine ? new ResultFile(file, channel) : null;
        } catch (OverlappingFileLockException heldByAnotherLoaderOfThisClass) {
            return null;
        } finally {
            if (!mine) {
                if (channel != null) channel.close();
                HELD_HERE.remove(file);
            }
        }
    }

    /** Whether somebody works on it. Makes no file. */
    static boolean isHeld(Path file) throws IOException {
        if (!Files.exists(file)) return false;
        try (ResultFile free = open(file)) {
            return free == null;
        }
    }

    boolean isEmpty() throws IOException {
        return channel.size() == 0;
    }

    /** Cuts off what was written and not noted. */
    void goOnFrom(long written) throws IOException {
        if (channel.size() < written)
            throw new IOException("the output " + file + " is shorter than what was written to it (" + channel.size()
                    + " bytes, not " + written + "): put it back as it was");
        channel.truncate(written);
        channel.position(written);
        length = written;
    }

    void append(byte[] line) throws IOException {
        length += line.length;
        if (line.length > buffer.remaining()) writeOut(buffer.flip());
        if (line.length > buffer.capacity()) writeOut(ByteBuffer.wrap(line));
        else buffer.put(line);
    }

    private void writeOut(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
        buffer.clear();
    }

    /** All of it is on the disk; returns how long it is. */
    long sync() throws IOException {
        if (buffer.position() > 0) writeOut(buffer.flip());
        channel.force(false);
        return length;
    }

    @Override
    public void close() throws IOException {
        HELD_HERE.remove(file);
        channel.close();
    }
}
