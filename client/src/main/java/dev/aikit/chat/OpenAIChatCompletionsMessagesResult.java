package dev.aikit.chat;

import dev.aikit.OpenAIListResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import java.util.List;

/** What {@code chat.completions.messages.list} came to: a page of the messages of an answer that the server has kept. */
public final class OpenAIChatCompletionsMessagesResult
        extends OpenAIListResult<OpenAIMessage, OpenAIChatCompletionsMessagesResult> {
    OpenAIChatCompletionsMessagesResult(Outcome outcome, Pages<OpenAIChatCompletionsMessagesResult> pages) {
        super(outcome, pages);
    }

    /** The messages; empty if the call failed. */
    public List<OpenAIMessage> messages() {
        return json().get("data").map(OpenAIMessage::new);
    }

    @Override
    public List<OpenAIMessage> items() {
        return messages();
    }

    @Override
    public OpenAIChatCompletionsMessagesResult orThrow() {
        super.orThrow();
        return this;
    }
}
