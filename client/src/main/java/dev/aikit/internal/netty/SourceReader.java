package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.threads.FileThreads;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads a source on threads that may block, one piece at a time. What it tells, it tells there. */
final class SourceReader {
    /** What the source may not do, and a defect in it is told in the same way. */
    private interface Step {
        void run() throws Exception;
    }

    private final HttpBody.Source source;
    private final Consumer<Throwable> failed;
    private @Nullable InputStream stream;
    private @Nullable Thread atWork;
    private boolean closed;
    private long length;
    private long read;

    /** Tells {@code failed} of whatever goes wrong, unless it has been closed. */
    SourceReader(HttpBody.Source source, Consumer<Throwable> failed) {
        this.source = source;
        this.failed = failed;
    }

    /** Tells the length; -1 if it is not known. */
    void open(LongConsumer opened) {
        start(() -> {
            HttpBody.Opened made = source.open();
            if (!keep(made.stream())) {
                made.stream().close();
                return;
            }
            length = made.length();
            opened.accept(length);
        });
    }

    private synchronized boolean keep(InputStream made) {
        if (!closed) stream = made;
        return !closed;
    }

    /** Tells how many bytes it has read; the complement (see {@link #isLast}) with the last of them. */
    void read(byte[] into, IntConsumer done) {
        start(() -> {
            InputStream from = stream();
            if (from == null) return;
            int count = fill(from, into);
            if (count > 0) read += count;
            // Whether that was all is asked at once: the server may answer as soon as it has all.
            boolean last = count < 0 || length >= 0 && read >= length && from.read() < 0;
            if (last && length >= 0 && read < length)
                throw new IOException("it ended after " + read + " of " + length + " bytes");
            if (!last && length >= 0 && read >= length)
                throw new IOException("it has more than the " + length + " bytes that it said");
            done.accept(last ? ~Math.max(count, 0) : count);
        });
    }

    /** Also of a stream that gives little at a time, as much as it has: a piece is one step of each thread on its way. */
    private static int fill(InputStream from, byte[] into) throws IOException {
        int count = read(from, into, 0);
        while (count > 0 && count < into.length && from.available() > 0) {
            int more = read(from, into, count);
            if (more <= 0) break; // it was the end: the next read finds it again
            count += more;
        }
        return count;
    }

    private static int read(InputStream from, byte[] into, int offset) throws IOException {
        int asked = into.length - offset;
        int count = from.read(into, offset, asked);
        if (count > asked)
            throw new IOException("the stream returned " + count + " bytes where " + asked + " were asked for");
        return count;
    }

    static boolean isLast(int told) {
        return told < 0;
    }

    static int count(int told) {
        return isLast(told) ? ~told : told;
    }

    private synchronized @Nullable InputStream stream() {
        return stream;
    }

    private void start(Step step) {
        try {
            FileThreads.shared().execute(() -> run(step));
        } catch (Throwable noThreads) {
            failed.accept(noThreads);
        }
    }

    private void run(Step step) {
        if (!begin()) return;
        Throwable problem = null;
        try {
            step.run();
        } catch (Throwable thrown) {
            problem = thrown;
        }
        boolean toBeTold = end();
        if (problem != null && toBeTold) failed.accept(problem);
    }

    private synchronized boolean begin() {
        if (!closed) atWork = Thread.currentThread();
        return !closed;
    }

    private synchronized boolean end() {
        atWork = null;
        Thread.interrupted(); // by close(), and not for the next to use this thread
        return !closed;
    }

    /** Stops a read that is under way, and closes the stream. Does not wait for either. */
    void close() {
        InputStream open;
        synchronized (this) {
            if (closed) return;
            closed = true;
            open = stream;
            stream = null;
            if (atWork != null) atWork.interrupt();
        }
        if (open != null) closeElsewhere(open);
    }

    private static void closeElsewhere(InputStream open) {
        try {
            FileThreads.shared().execute(() -> closeNow(open));
        } catch (Throwable noThreads) {
            report(noThreads);
        }
    }

    private static void closeNow(InputStream open) {
        try {
            open.close();
        } catch (Throwable thrown) {
            report(thrown);
        }
    }

    /** The call ends as it would have: all that was to be read has been read, or is not wanted. */
    private static void report(Throwable thrown) {
        System.getLogger(SourceReader.class.getName())
                .log(System.Logger.Level.WARNING, "A source that was sent could not be closed", thrown);
    }
}
