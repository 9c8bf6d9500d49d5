package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;

/** Chat. */
public final class OpenAIChatAPI extends OpenAIAPIResource {
    private final OpenAIChatCompletionsAPI completions;

    /** Made by its client. */
    public OpenAIChatAPI(OpenAI client) {
        super(client);
        this.completions = new OpenAIChatCompletionsAPI(client);
    }

    /** Answers to conversations. */
    public OpenAIChatCompletionsAPI completions() {
        return completions;
    }
}
