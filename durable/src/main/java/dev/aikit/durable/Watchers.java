package dev.aikit.durable;

import dev.aikit.internal.threads.CallbackThreads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The handles on calls that somebody waits for. Only they are remembered: a program may submit a million calls and keep no
 * handle. Those that another process ends are found by looking.
 */
final class Watchers {
    private final Map<String, List<DurableCall<?>>> waiting = new ConcurrentHashMap<>();

    void add(DurableCall<?> call) {
        waiting.merge(call.key(), List.of(call), (before, more) -> {
            List<DurableCall<?>> all = new java.util.ArrayList<>(before);
            all.addAll(more);
            return List.copyOf(all);
        });
    }

    /** That call has ended, in this process. */
    void ended(String key) {
        List<DurableCall<?>> calls = waiting.remove(key);
        if (calls != null) CallbackThreads.shared().execute(() -> calls.forEach(DurableCall::lookOrWait));
    }

    /** Any of them may have ended, in any process. */
    void look() {
        for (String key : waiting.keySet()) ended(key);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Nobody will tell any more. */
    void close() {
        waiting.values().forEach(calls -> calls.forEach(DurableCall::givenUp));
        waiting.clear();
    }
}
