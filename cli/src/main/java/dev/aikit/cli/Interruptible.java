package dev.aikit.cli;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import java.time.Duration;

/** Waits for a call so that Ctrl-C cancels it: the server sees the end before this process is gone. */
final class Interruptible {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Interruptible() {}

    static <R extends OpenAIResult> R await(Terminal terminal, OpenAICall<R> call) throws InterruptedException {
        Thread onExit = new Thread(() -> cancel(terminal, call), "aikit-ctrl-c");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            return call.await();
        } finally {
            remove(onExit);
        }
    }

    /** On the thread that waited; does not return if the JVM is on its way out. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException itRuns) {
            hold();
        }
    }

    /** The JVM is on its way out, with the signal's own exit code; nothing more is to be said of the cancelled call. */
    private static void hold() {
        while (true) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException goesOnAnyway) {
                // The JVM ends this thread.
            }
        }
    }

    private static void cancel(Terminal terminal, OpenAICall<?> call) {
        if (!call.cancel()) return;
        try {
            call.await(PATIENCE);
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
        if (terminal.screens().contains("2")) terminal.err().println(); // the terminal shows ^C
        terminal.say("cancelled");
    }
}
