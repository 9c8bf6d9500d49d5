package dev.aikit.chat;

import dev.aikit.OpenAIListResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import dev.aikit.json.Json;
import java.util.List;

/** What {@code chat.completions.list} came to: a page of answers that the server has kept. */
public final class OpenAIChatCompletionsListResult extends OpenAIListResult<Json, OpenAIChatCompletionsListResult> {
    OpenAIChatCompletionsListResult(Outcome outcome, Pages<OpenAIChatCompletionsListResult> pages) {
        super(outcome, pages);
    }

    /** The answers, each with its id, model, choices, metadata; empty if the call failed. */
    public List<Json> completions() {
        return json().get("data").items();
    }

    @Override
    public List<Json> items() {
        return completions();
    }

    @Override
    public OpenAIChatCompletionsListResult orThrow() {
        super.orThrow();
        return this;
    }
}
