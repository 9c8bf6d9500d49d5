package dev.aikit.files;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.OpenAIProgress;
import dev.aikit.internal.call.Plan;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code files.content}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIFileContentParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIFileContentResult,
                T,
                OpenAIFileContentParameters<T>,
                OpenAIFileContentParameters<OpenAICall<OpenAIFileContentResult>>> {

    private final @Nullable Consumer<? super OpenAIProgress> onProgress;

    private OpenAIFileContentParameters(
            Plan<OpenAIFileContentResult> plan,
            Mode<OpenAIFileContentResult, T> mode,
            @Nullable Consumer<? super OpenAIProgress> onProgress) {
        super(plan, mode);
        this.onProgress = onProgress;
    }

    /** Nothing set. */
    public static OpenAIFileContentParameters<OpenAIFileContentResult> create() {
        return new OpenAIFileContentParameters<>(Plan.empty(), Mode.waiting(), null);
    }

    /**
     * Called while the content comes with how much of it is there; where the other callbacks run, in order, before them. Of
     * several steps that a slow callback misses it receives the newest. When all is there it is called a last time.
     */
    public OpenAIFileContentParameters<OpenAICall<OpenAIFileContentResult>> onProgress(
            Consumer<? super OpenAIProgress> callback) {
        Objects.requireNonNull(callback, "onProgress");
        return new OpenAIFileContentParameters<>(plan(), Mode.asynchronous(), callback);
    }

    @Nullable
    Consumer<? super OpenAIProgress> listener() {
        return onProgress;
    }

    @Override
    protected OpenAIFileContentParameters<T> with(Plan<OpenAIFileContentResult> changed) {
        return new OpenAIFileContentParameters<>(changed, mode(), onProgress);
    }

    @Override
    protected OpenAIFileContentParameters<OpenAICall<OpenAIFileContentResult>> asynchronously(
            Plan<OpenAIFileContentResult> changed) {
        return new OpenAIFileContentParameters<>(changed, Mode.asynchronous(), onProgress);
    }
}
