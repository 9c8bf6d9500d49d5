package dev.aikit.contract;

import dev.aikit.testing.ScriptedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for events, with a generous limit, and says what did not happen. */
final class Waiting {
    private Waiting() {}

    static <T> T on(CompletableFuture<T> event) {
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

    static void on(CountDownLatch event) {
        try {
            if (!event.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
                throw new AssertionError("it did not happen within " + ScriptedServer.LIMIT_SECONDS + " s");
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    /** For what nobody announces: looks again and again. */
    static void until(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("it did not come true: " + what);
            Thread.onSpinWait();
        }
    }
}
