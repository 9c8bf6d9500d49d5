package dev.aikit.internal.call;

import dev.aikit.internal.http.IoLoop;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Time and chance, as far as a call depends on them: a test can move the one and decide the other. */
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

    /** A number from 0 to 1, by chance, so that clients do not come back all at once. */
    default double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Runs a task on the loop after a delay. */
    IoLoop.Timer schedule(IoLoop loop, Runnable task, long delayNanos);
}
