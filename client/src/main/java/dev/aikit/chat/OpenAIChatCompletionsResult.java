package dev.aikit.chat;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import java.util.List;

/**
 * What {@code chat.completions.create} came to. Of a stream: the whole answer, put together from its pieces; of a stream
 * that failed, as much of it as had come.
 */
public final class OpenAIChatCompletionsResult extends OpenAIResult {
    OpenAIChatCompletionsResult(Outcome outcome) {
        super(outcome);
    }

    /** The answers; empty if the call failed before any came. */
    public List<OpenAIChoice> choices() {
        return json().get("choices").map(OpenAIChoice::new);
    }

    /** The first answer; one that is not {@linkplain OpenAIChoice#isPresent() present} if there is none. */
    public OpenAIChoice choice() {
        return new OpenAIChoice(json().get("choices").get(0));
    }

    @Override
    public OpenAIChatCompletionsResult orThrow() {
        super.orThrow();
        return this;
    }
}
