package dev.aikit.chat;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;
import java.util.List;

/** One piece of a streamed answer: a success, and not {@linkplain #terminated() terminated}. */
public final class OpenAIChatCompletionsStreamResult extends OpenAIResult {
    OpenAIChatCompletionsStreamResult(Outcome outcome) {
        super(outcome);
    }

    /** The piece as it came. */
    public Json data() {
        return json();
    }

    /** What it adds to each answer; empty in pieces that bring something else, such as the usage. */
    public List<OpenAIChoice> choices() {
        return json().get("choices").map(OpenAIChoice::new);
    }

    /** What it adds to the first of its answers; one that is not {@linkplain OpenAIChoice#isPresent() present} if to none. */
    public OpenAIChoice choice() {
        return new OpenAIChoice(json().get("choices").get(0));
    }

    @Override
    public OpenAIChatCompletionsStreamResult orThrow() {
        super.orThrow();
        return this;
    }
}
