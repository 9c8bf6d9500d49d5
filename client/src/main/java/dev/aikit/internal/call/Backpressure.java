package dev.aikit.internal.call;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Stops the reading of a stream while too much of it waits for its callbacks. */
final class Backpressure {
    private static final long STOP_AT_BYTES = 256 * 1024;
    private static final long GO_ON_AT_BYTES = 64 * 1024;

    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Runnable changed;

    /** Runs {@code changed} after each change of {@link #isStopped()}, on the thread that made it. */
    Backpressure(Runnable changed) {
        this.changed = changed;
    }

    /** Whether reading should rest. */
    boolean isStopped() {
        return stopped.get();
    }

    void added(int bytes) {
        if (waiting.addAndGet(bytes) > STOP_AT_BYTES && stopped.compareAndSet(false, true)) changed.run();
    }

    void removed(int bytes) {
        if (waiting.addAndGet(-bytes) < GO_ON_AT_BYTES && stopped.compareAndSet(true, false)) changed.run();
    }
}
