package dev.aikit.chat;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;
import java.util.Map;
import java.util.Objects;

/**
 * The parameters of {@code chat.completions.list}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIChatCompletionsListParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIChatCompletionsListResult,
                T,
                OpenAIChatCompletionsListParameters<T>,
                OpenAIChatCompletionsListParameters<OpenAICall<OpenAIChatCompletionsListResult>>> {

    private OpenAIChatCompletionsListParameters(
            Plan<OpenAIChatCompletionsListResult> plan, Mode<OpenAIChatCompletionsListResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIChatCompletionsListParameters<OpenAIChatCompletionsListResult> create() {
        return new OpenAIChatCompletionsListParameters<>(Plan.empty(), Mode.waiting());
    }

    /** Only those after the one with that id. */
    public OpenAIChatCompletionsListParameters<T> after(String id) {
        return field("after", Checks.text("after", id));
    }

    /** How many at the most. */
    public OpenAIChatCompletionsListParameters<T> limit(int answers) {
        return field("limit", Checks.positive("limit", answers));
    }

    /** "asc" or "desc", by time. */
    public OpenAIChatCompletionsListParameters<T> order(String order) {
        return field("order", Checks.text("order", order));
    }

    /** Only those with these metadata. */
    public OpenAIChatCompletionsListParameters<T> metadata(Map<String, String> metadata) {
        return field("metadata", Map.copyOf(Objects.requireNonNull(metadata, "metadata")));
    }

    /** Only those of that model. */
    public OpenAIChatCompletionsListParameters<T> model(String name) {
        return field("model", Checks.text("model", name));
    }

    @Override
    protected OpenAIChatCompletionsListParameters<T> with(Plan<OpenAIChatCompletionsListResult> changed) {
        return new OpenAIChatCompletionsListParameters<>(changed, mode());
    }

    @Override
    protected OpenAIChatCompletionsListParameters<OpenAICall<OpenAIChatCompletionsListResult>> asynchronously(
            Plan<OpenAIChatCompletionsListResult> changed) {
        return new OpenAIChatCompletionsListParameters<>(changed, Mode.asynchronous());
    }
}
