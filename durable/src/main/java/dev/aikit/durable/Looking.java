package dev.aikit.durable;

import dev.aikit.internal.threads.CallbackThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks every half second for the ends of calls that somebody waits for and another process may have ended. */
final class Looking {
    private static final long MILLIS = 500;

    private final Watchers watchers;
    private final AtomicBoolean going = new AtomicBoolean();
    private volatile boolean closed;

    Looking(Watchers watchers) {
        this.watchers = watchers;
    }

    void begin() {
        if (!closed && going.compareAndSet(false, true)) later();
    }

    private void later() {
        CompletableFuture.delayedExecutor(MILLIS, TimeUnit.MILLISECONDS, CallbackThreads.shared())
                .execute(() -> {
                    if (!closed) watchers.look();
                    going.set(false);
                    if (!watchers.isEmpty()) begin();
                });
    }

    void close() {
        closed = true;
    }
}
