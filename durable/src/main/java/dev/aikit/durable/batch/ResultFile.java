package dev.aikit.durable.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The output. Whoever has it open is the one process that works on the batch: the operating system sees to that. */
final class ResultFile implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long length;

    private ResultFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens it, or makes it; null if another process works on it. */
    static @Nullable ResultFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException another) {
            lock = null;
        } catch (IOException error) {
            channel.close();
            throw error;
        }
        if (lock != null) return new ResultFile(file, channel);
        channel.close();
        return null;
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
        channel.close();
    }
}
