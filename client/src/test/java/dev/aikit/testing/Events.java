package dev.aikit.testing;

import dev.aikit.testkit.ScriptedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for events, with a generous limit, and says what did not happen. */
public final class Events {
    private Events() {}

    /** Waits until it is there; throws what it ended with in its place. */
    public static <T> T await(CompletableFuture<T> event) {
        try {
            return event.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("it did not happen within " + ScriptedServer.LIMIT_SECONDS + " s", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException error) throw error;
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    /** Waits until it is open. */
    public static void await(CountDownLatch event) {
        try {
            if (!event.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
                throw new AssertionError("it did not happen within " + ScriptedServer.LIMIT_SECONDS + " s");
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    /** For what nobody announces: looks again and again. */
    public static void until(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("it did not come true: " + what);
            Thread.onSpinWait();
        }
    }

    /**
     * For what happens when something has become garbage: collects, and leaves those who hear of it the time to do their part,
     * which on a busy machine one collection right after the other would not.
     */
    public static void untilCollected(BooleanSupplier condition, String what) {
        until(
                () -> {
                    System.gc();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    return condition.getAsBoolean();
                },
                what);
    }
}
