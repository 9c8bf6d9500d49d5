package dev.aikit.internal.call;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Ends idle input/output threads when the JVM ends. They are daemons and hold nothing up by rule, but a JVM that finds a
 * thread waiting within the operating system gives it 0.3 seconds before it exits.
 */
final class PromptExit {
    private static final Map<Engine, Boolean> OPEN = new WeakHashMap<>();
    private static boolean hooked;

    private PromptExit() {}

    /** From now on the engine has threads. */
    static void register(Engine engine) {
        synchronized (OPEN) {
            OPEN.put(engine, true);
            if (hooked) return;
            hooked = true;
        }
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(null, PromptExit::closeIdle, "aikit-exit"));
        } catch (IllegalStateException alreadyExiting) {
            // Then it takes 0.3 seconds longer.
        }
    }

    private static void closeIdle() {
        Set<Engine> engines;
        synchronized (OPEN) {
            engines = Set.copyOf(Collections.unmodifiableSet(OPEN.keySet()));
        }
        engines.forEach(Engine::closeIfIdle);
    }
}
