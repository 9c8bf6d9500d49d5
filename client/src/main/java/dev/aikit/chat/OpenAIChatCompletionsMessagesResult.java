package dev.aikit.chat;

import dev.aikit.OpenAIListResult;
import dev.aikit.internal.call.Outcome;
import java.util.List;

/** What {@code chat.completions.messages.list} came to: a page of the messages of an answer that the server has kept. */
public final class OpenAIChatCompletionsMessagesResult extends OpenAIListResult {
    OpenAIChatCompletionsMessagesResult(Outcome outcome) {
        super(outcome);
    }

    /** The messages; empty if the call failed. */
    public List<OpenAIMessage> messages() {
        return json().get("data").map(OpenAIMessage::new);
    }

    @Override
    public OpenAIChatCompletionsMessagesResult orThrow() {
        super.orThrow();
        return this;
    }
}
