package dev.aikit.internal.call;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** Stops the reading of a stream while too much of it waits for its callbacks. */
final class Backpressure {
    private static final AtomicLongFieldUpdater<Backpressure> WAITING =
            AtomicLongFieldUpdater.newUpdater(Backpressure.class, "waiting");

    private static final long STOP_AT_BYTES = 256 * 1024;
    private static final long GO_ON_AT_BYTES = 64 * 1024;

    private final Runnable changed;
    private volatile long waiting;
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
        if (WAITING.addAndGet(this, bytes) > STOP_AT_BYTES && !stopped && change(true)) changed.run();
    }

    void removed(int bytes) {
        if (WAITING.addAndGet(this, -bytes) < GO_ON_AT_BYTES && stopped && change(false)) changed.run();
    }

    private synchronized boolean change(boolean to) {
        boolean different = stopped != to;
        stopped = to;
        return different;
    }
}
