package dev.aikit.internal.http;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One input/output thread with its connections. Tasks run one at a time and in order; a task given to a loop that has
 * ended is refused with a {@link java.util.concurrent.RejectedExecutionException}.
 */
public interface IoLoop extends Executor {
    /** Whether the calling thread is this loop's. */
    boolean isCurrentThread();

    /** Runs a task on this loop after a delay. */
    Timer schedule(Runnable task, long delayNanos);

    /**
     * Sends a call; to be called on this loop, which calls the listener. Nothing is thrown: what fails is reported to
     * the listener, possibly before this returns.
     *
     * @param connectTimeout how long the wait for a connection may last, in all: a free place in the pool, name look-up,
     *     connecting, proxy, TLS
     */
    Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener);

    /** A task that waits for its time. */
    interface Timer {
        /** Makes the task not run, if it has not begun. */
        void cancel();
    }
}
