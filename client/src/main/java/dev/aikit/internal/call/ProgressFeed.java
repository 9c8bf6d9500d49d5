package dev.aikit.internal.call;

import dev.aikit.OpenAIProgress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Hands over the newest progress: what a slow listener has not taken is replaced, so that nothing waits for it or piles up. */
final class ProgressFeed {
    private final Runnable announce;
    private final AtomicReference<@Nullable OpenAIProgress> newest = new AtomicReference<>();

    /** Announces that there is something to {@link #take}; not again before that is taken. */
    ProgressFeed(Runnable announce) {
        this.announce = announce;
    }

    void offer(OpenAIProgress progress) {
        if (newest.getAndSet(progress) == null) announce.run();
    }

    @Nullable
    OpenAIProgress take() {
        return newest.getAndSet(null);
    }
}
