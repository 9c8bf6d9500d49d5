package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.call.Operation;
import java.util.function.Function;

/** Chat. */
public final class OpenAIChatAPI extends OpenAIAPIResource {
    private final OpenAIChatCompletionsAPI completions;
    private final OpenAIVision vision;

    /** Made by its client. */
    public OpenAIChatAPI(OpenAI client) {
        super(client);
        this.completions = new OpenAIChatCompletionsAPI(client);
        this.vision = new OpenAIVision(this);
    }

    /** Answers to conversations. */
    public OpenAIChatCompletionsAPI completions() {
        return completions;
    }

    /** Questions about pictures. */
    public OpenAIVision vision() {
        return vision;
    }

    /** A conversation whose prompts wait. */
    public OpenAIChatHelper<OpenAIChatCompletionsResult> create(String systemPrompt) {
        return create(systemPrompt, p -> p);
    }

    /** A conversation; its prompts wait, or do not, as the parameters say. */
    public <T extends OpenAIAnswer> OpenAIChatHelper<T> create(
            String systemPrompt,
            Function<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>, OpenAIChatCompletionsParameters<T>>
                    parameters) {
        return create(systemPrompt, apply(parameters, OpenAIChatCompletionsParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> OpenAIChatHelper<T> create(
            String systemPrompt, OpenAIChatCompletionsParameters<T> parameters) {
        return new OpenAIChatHelper<>(this, systemPrompt, parameters);
    }

    OpenAILimits limits() {
        return client.configuration().limits();
    }

    <T extends OpenAIAnswer> T send(
            Operation<OpenAIChatCompletionsResult> operation, OpenAIChatCompletionsParameters<T> parameters) {
        return make(operation, parameters);
    }
}
