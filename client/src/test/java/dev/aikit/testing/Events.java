package dev.aikit.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for events, with a generous limit. */
public final class Events {
    private Events() {}

    /** Waits until it is there. */
    public static <T> T await(CompletableFuture<T> event) {
        ScriptedServer.await(event, "it did not happen");
        return event.join();
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
}
