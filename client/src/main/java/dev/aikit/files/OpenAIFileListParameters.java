package dev.aikit.files;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;

/**
 * The parameters of {@code files.list}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIFileListParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIFileListResult,
                T,
                OpenAIFileListParameters<T>,
                OpenAIFileListParameters<OpenAICall<OpenAIFileListResult>>> {

    private OpenAIFileListParameters(Plan<OpenAIFileListResult> plan, Mode<OpenAIFileListResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIFileListParameters<OpenAIFileListResult> create() {
        return new OpenAIFileListParameters<>(Plan.empty(), Mode.waiting());
    }

    /** Only those after the one with that id. */
    public OpenAIFileListParameters<T> after(String id) {
        return field("after", Checks.text("after", id));
    }

    /** How many in a page at the most; 10,000 is OpenAI's limit, and what it does if nothing is set. */
    public OpenAIFileListParameters<T> limit(int files) {
        return field("limit", Checks.positive("limit", files));
    }

    /** "asc" or "desc", by time; OpenAI begins with the newest if nothing is set. */
    public OpenAIFileListParameters<T> order(String order) {
        return field("order", Checks.text("order", order));
    }

    /** Only those for that purpose. */
    public OpenAIFileListParameters<T> purpose(String purpose) {
        return field("purpose", Checks.text("purpose", purpose));
    }

    @Override
    protected OpenAIFileListParameters<T> with(Plan<OpenAIFileListResult> changed) {
        return new OpenAIFileListParameters<>(changed, mode());
    }

    @Override
    protected OpenAIFileListParameters<OpenAICall<OpenAIFileListResult>> asynchronously(
            Plan<OpenAIFileListResult> changed) {
        return new OpenAIFileListParameters<>(changed, Mode.asynchronous());
    }
}
