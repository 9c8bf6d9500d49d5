package dev.aikit.chat;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What {@code chat.completions.delete} came to. */
public final class OpenAIChatCompletionDeletedResult extends OpenAIResult {
    OpenAIChatCompletionDeletedResult(Outcome outcome) {
        super(outcome);
    }

    /** The id of the answer. */
    public String id() {
        return json().get("id").asText();
    }

    /** Whether it is gone. */
    public boolean deleted() {
        return json().get("deleted").asBoolean(false);
    }

    @Override
    public OpenAIChatCompletionDeletedResult orThrow() {
        super.orThrow();
        return this;
    }
}
