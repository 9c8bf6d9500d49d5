package dev.aikit.internal.call;

import dev.aikit.internal.http.IoLoop;
import java.time.Instant;

/** Time, as far as a call depends on it: one that tests can move. */
public interface Clock {
    /** The real time. */
    Clock SYSTEM = new Clock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public IoLoop.Timer schedule(IoLoop loop, Runnable task, long delayNanos) {
            return loop.schedule(task, delayNanos);
        }
    };

    /** Nanoseconds since some moment. */
    long nanoTime();

    /** The time of day, for dates that servers send. */
    Instant now();

    /** Runs a task on the loop after a delay. */
    IoLoop.Timer schedule(IoLoop loop, Runnable task, long delayNanos);
}
