package dev.aikit.files;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.OpenAIProgress;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code files.create}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIFileParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIFileResult, T, OpenAIFileParameters<T>, OpenAIFileParameters<OpenAICall<OpenAIFileResult>>> {

    /**
     * When the server deletes a file.
     *
     * @param anchor from when the time counts; OpenAI knows "created_at"
     * @param seconds how long it is kept; OpenAI allows 3,600 to 2,592,000 (an hour to 30 days)
     */
    public record ExpiresAfter(String anchor, long seconds) {
        /** Checks them. */
        public ExpiresAfter {
            Checks.text("anchor", anchor);
            if (seconds < 1) throw new IllegalArgumentException("seconds: 1 or more expected, not " + seconds);
        }
    }

    private final @Nullable Consumer<? super OpenAIProgress> onProgress;

    private OpenAIFileParameters(
            Plan<OpenAIFileResult> plan,
            Mode<OpenAIFileResult, T> mode,
            @Nullable Consumer<? super OpenAIProgress> onProgress) {
        super(plan, mode);
        this.onProgress = onProgress;
    }

    /** Nothing set. */
    public static OpenAIFileParameters<OpenAIFileResult> create() {
        return new OpenAIFileParameters<>(Plan.empty(), Mode.waiting(), null);
    }

    /** How long after its creation the server deletes the file; OpenAI allows an hour to 30 days. */
    public OpenAIFileParameters<T> expiresAfter(Duration time) {
        return expiresAfter(
                "created_at", Objects.requireNonNull(time, "expiresAfter").toSeconds());
    }

    /** The same with an anchor of its own. */
    public OpenAIFileParameters<T> expiresAfter(String anchor, long seconds) {
        return expiresAfter(new ExpiresAfter(anchor, seconds));
    }

    /** The same as an object, as the kit has it. */
    public OpenAIFileParameters<T> expiresAfter(ExpiresAfter time) {
        Objects.requireNonNull(time, "expiresAfter");
        return field("expires_after", Map.of("anchor", time.anchor(), "seconds", time.seconds()));
    }

    /**
     * Called while the file is sent with how much of it the network has taken; where the other callbacks run, in order,
     * before them. Of several steps that a slow callback misses it receives the newest. When all has been sent it is called a
     * last time.
     */
    public OpenAIFileParameters<OpenAICall<OpenAIFileResult>> onProgress(Consumer<? super OpenAIProgress> callback) {
        Objects.requireNonNull(callback, "onProgress");
        return new OpenAIFileParameters<>(plan(), Mode.asynchronous(), callback);
    }

    Map<String, Object> fields() {
        return plan().body();
    }

    @Nullable
    Consumer<? super OpenAIProgress> listener() {
        return onProgress;
    }

    @Override
    protected OpenAIFileParameters<T> with(Plan<OpenAIFileResult> changed) {
        return new OpenAIFileParameters<>(changed, mode(), onProgress);
    }

    @Override
    protected OpenAIFileParameters<OpenAICall<OpenAIFileResult>> asynchronously(Plan<OpenAIFileResult> changed) {
        return new OpenAIFileParameters<>(changed, Mode.asynchronous(), onProgress);
    }
}
