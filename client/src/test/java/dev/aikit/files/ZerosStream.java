package dev.aikit.files;

import dev.aikit.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many zeros, with what a test wants to know of them: how many were read, where, and that it was closed. */
final class ZerosStream extends InputStream {
    final AtomicLong read = new AtomicLong();
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch blocked = new CountDownLatch(1);
    volatile Thread reader;
    private final long count;
    private final long blockAt;
    private final long throwAt;

    private ZerosStream(long count, long blockAt, long throwAt) {
        this.count = count;
        this.blockAt = blockAt;
        this.throwAt = throwAt;
    }

    static ZerosStream of(long count) {
        return new ZerosStream(count, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Gives nothing more from there on until it is closed or its thread is interrupted. */
    static ZerosStream blocking(long count, long at) {
        return new ZerosStream(count, at, Long.MAX_VALUE);
    }

    static ZerosStream throwing(long count, long at) {
        return new ZerosStream(count, Long.MAX_VALUE, at);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : 0;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        reader = Thread.currentThread();
        long at = read.get();
        if (at >= throwAt) throw new IOException("the tape is torn");
        if (at >= blockAt) block();
        if (at >= count) return -1;
        int some = (int) Math.min(most, Math.min(count, Math.min(blockAt, throwAt)) - at);
        read.addAndGet(some);
        return some;
    }

    private void block() throws IOException {
        blocked.countDown();
        try {
            if (!closed.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS)) throw new IOException("never closed");
            throw new IOException("closed");
        } catch (InterruptedException interrupt) {
            throw new IOException("interrupted", interrupt);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
