package dev.aikit.batches;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of {@code batches.create}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIBatchParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIBatchResult, T, OpenAIBatchParameters<T>, OpenAIBatchParameters<OpenAICall<OpenAIBatchResult>>> {

    private OpenAIBatchParameters(Plan<OpenAIBatchResult> plan, Mode<OpenAIBatchResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIBatchParameters<OpenAIBatchResult> create() {
        return new OpenAIBatchParameters<>(Plan.empty(), Mode.waiting());
    }

    /** Within what time the batch is to be worked off; "24h" is all that OpenAI knows, and what is sent if nothing is set. */
    public OpenAIBatchParameters<T> completionWindow(String window) {
        return field("completion_window", Checks.text("completionWindow", window));
    }

    /** Up to 16 texts that stay with the batch. */
    public OpenAIBatchParameters<T> metadata(Map<String, String> texts) {
        return field("metadata", Map.copyOf(Objects.requireNonNull(texts, "metadata")));
    }

    /** How long after their creation the provider deletes the files of results; OpenAI allows an hour to 30 days. */
    public OpenAIBatchParameters<T> outputExpiresAfter(Duration time) {
        return field(
                "output_expires_after",
                Map.of(
                        "anchor",
                        "created_at",
                        "seconds",
                        Objects.requireNonNull(time, "outputExpiresAfter").toSeconds()));
    }

    @Override
    protected OpenAIBatchParameters<T> with(Plan<OpenAIBatchResult> changed) {
        return new OpenAIBatchParameters<>(changed, mode());
    }

    @Override
    protected OpenAIBatchParameters<OpenAICall<OpenAIBatchResult>> asynchronously(Plan<OpenAIBatchResult> changed) {
        return new OpenAIBatchParameters<>(changed, Mode.asynchronous());
    }
}
