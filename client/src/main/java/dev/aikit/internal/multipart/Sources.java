package dev.aikit.internal.multipart;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpBody.Opened;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What a file's content can come from. */
public final class Sources {
    private Sources() {}

    /** A file. */
    public static HttpBody.Source of(Path file) {
        return (Again) () -> {
            if (Files.isDirectory(file))
                throw new FileSystemException(file.toString(), null, "a file expected, but it is a directory");
            boolean hasSize = Files.isRegularFile(file); // a pipe has none
            FileChannel channel = FileChannel.open(file);
            try {
                return new Opened(hasSize ? channel.size() : -1, Channels.newInputStream(channel));
            } catch (IOException | RuntimeException | Error thrown) {
                channel.close();
                throw thrown;
            }
        };
    }

    /** Bytes in memory. */
    public static HttpBody.Source of(byte[] bytes) {
        return (Again) () -> new Opened(bytes.length, new ByteArrayInputStream(bytes));
    }

    /** A stream that can be made again and again; -1 if its length is not known. */
    public static HttpBody.Source of(Callable<? extends InputStream> stream, long length) {
        return (Again) () -> new Opened(length, made(stream));
    }

    private static InputStream made(Callable<? extends InputStream> stream) throws IOException {
        InputStream made;
        try {
            made = stream.call();
        } catch (IOException | RuntimeException thrown) {
            throw thrown;
        } catch (Exception thrown) {
            throw new IOException(thrown.toString(), thrown);
        }
        if (made == null) throw new IOException("the function for the stream returned null");
        return made;
    }

    /** A stream that there is only once, as a source for each call that wants it; -1 if its length is not known. */
    public static Supplier<HttpBody.Source> once(InputStream stream, long length) {
        AtomicBoolean used = new AtomicBoolean();
        return () -> new Once(stream, length, used);
    }

    /** What can be opened for each attempt. */
    private interface Again extends HttpBody.Source {
        @Override
        default boolean isSendable() {
            return true;
        }

        @Override
        default void over() {
            // What was opened for an attempt has been closed with it.
        }
    }

    /** What one call sees of it: the first call that opens it has it, and no other reads or closes it. */
    private static final class Once implements HttpBody.Source {
        /** The streams that are not over, each with who has it; by identity. */
        private static final Map<InputStream, Once> OWNERS = Collections.synchronizedMap(new IdentityHashMap<>());

        private final InputStream stream;
        private final long length;
        private final AtomicBoolean used;

        Once(InputStream stream, long length, AtomicBoolean used) {
            this.stream = stream;
            this.length = length;
            this.used = used;
        }

        @Override
        public Opened open() throws IOException {
            if (!claim()) throw new IOException("the stream can be read only once, and another call is sending it");
            if (used.get()) throw new IOException("the stream can be read only once, and has been read before");
            return new Opened(length, new FilterInputStream(stream) {
                @Override
                public int read() throws IOException {
                    used.set(true);
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int most) throws IOException {
                    used.set(true);
                    return super.read(into, offset, most);
                }

                @Override
                public void close() throws IOException {
                    if (used.get()) super.close(); // or else another attempt may come
                }
            });
        }

        @Override
        public boolean isSendable() {
            return !used.get();
        }

        private boolean claim() {
            Once before = OWNERS.putIfAbsent(stream, this);
            return before == null || before == this;
        }

        @Override
        public void over() {
            if (!claim()) return;
            used.set(true);
            try {
                stream.close();
            } catch (Throwable thrown) {
                System.getLogger(Sources.class.getName())
                        .log(System.Logger.Level.WARNING, "A stream that was sent could not be closed", thrown);
            } finally {
                OWNERS.remove(stream, this);
            }
        }
    }
}
