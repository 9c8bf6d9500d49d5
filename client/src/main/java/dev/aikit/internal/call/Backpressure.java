package dev.aikit.internal.call;

import java.util.concurrent.atomic.AtomicLong;

/** Stops the reading of a stream while too much of it waits for its callbacks: the number of the bytes that wait. */
final class Backpressure extends AtomicLong {
    private static final long serialVersionUID = 1L;
    private static final long STOP_AT_BYTES = 256 * 1024;
    private static final long GO_ON_AT_BYTES = 64 * 1024;

    private final transient Runnable changed;
    private volatile boolean stopped;

    /** Runs {@code changed} after each change of {@link #isStopped()}, on the thread that made it. */
    Backpressure(Runnable changed) {
        this.changed = changed;
    }

    /** Whether reading should rest. */
    boolean isStopped() {
        return stopped;
    }

    void added(int bytes) {
        if (addAndGet(bytes) > STOP_AT_BYTES && !stopped && change(true)) changed.run();
    }

    void removed(int bytes) {
        if (addAndGet(-bytes) < GO_ON_AT_BYTES && stopped && change(false)) changed.run();
    }

    private synchronized boolean change(boolean to) {
        boolean different = stopped != to;
        stopped = to;
        return different;
    }
}
