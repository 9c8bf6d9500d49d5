package dev.aikit.batches;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;

/**
 * The parameters of {@code batches.list}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIBatchListParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIBatchListResult,
                T,
                OpenAIBatchListParameters<T>,
                OpenAIBatchListParameters<OpenAICall<OpenAIBatchListResult>>> {

    private OpenAIBatchListParameters(Plan<OpenAIBatchListResult> plan, Mode<OpenAIBatchListResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIBatchListParameters<OpenAIBatchListResult> create() {
        return new OpenAIBatchListParameters<>(Plan.empty(), Mode.waiting());
    }

    /** Only those after the one with that id. */
    public OpenAIBatchListParameters<T> after(String id) {
        return field("after", Checks.text("after", id));
    }

    /** How many in a page at the most; OpenAI allows 100, and does 20 if nothing is set. */
    public OpenAIBatchListParameters<T> limit(int batches) {
        return field("limit", Checks.positive("limit", batches));
    }

    @Override
    protected OpenAIBatchListParameters<T> with(Plan<OpenAIBatchListResult> changed) {
        return new OpenAIBatchListParameters<>(changed, mode());
    }

    @Override
    protected OpenAIBatchListParameters<OpenAICall<OpenAIBatchListResult>> asynchronously(
            Plan<OpenAIBatchListResult> changed) {
        return new OpenAIBatchListParameters<>(changed, Mode.asynchronous());
    }
}
