package dev.aikit.chat;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;

/**
 * The parameters of {@code chat.completions.messages.list}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIChatCompletionsMessagesParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIChatCompletionsMessagesResult,
                T,
                OpenAIChatCompletionsMessagesParameters<T>,
                OpenAIChatCompletionsMessagesParameters<OpenAICall<OpenAIChatCompletionsMessagesResult>>> {

    private OpenAIChatCompletionsMessagesParameters(
            Plan<OpenAIChatCompletionsMessagesResult> plan, Mode<OpenAIChatCompletionsMessagesResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIChatCompletionsMessagesParameters<OpenAIChatCompletionsMessagesResult> create() {
        return new OpenAIChatCompletionsMessagesParameters<>(Plan.empty(), Mode.waiting());
    }

    /** Only those after the one with that id. */
    public OpenAIChatCompletionsMessagesParameters<T> after(String id) {
        return field("after", Checks.text("after", id));
    }

    /** How many at the most. */
    public OpenAIChatCompletionsMessagesParameters<T> limit(int messages) {
        return field("limit", Checks.positive("limit", messages));
    }

    /** "asc" or "desc", by time. */
    public OpenAIChatCompletionsMessagesParameters<T> order(String order) {
        return field("order", Checks.text("order", order));
    }

    @Override
    protected OpenAIChatCompletionsMessagesParameters<T> with(Plan<OpenAIChatCompletionsMessagesResult> changed) {
        return new OpenAIChatCompletionsMessagesParameters<>(changed, mode());
    }

    @Override
    protected OpenAIChatCompletionsMessagesParameters<OpenAICall<OpenAIChatCompletionsMessagesResult>> asynchronously(
            Plan<OpenAIChatCompletionsMessagesResult> changed) {
        return new OpenAIChatCompletionsMessagesParameters<>(changed, Mode.asynchronous());
    }
}
