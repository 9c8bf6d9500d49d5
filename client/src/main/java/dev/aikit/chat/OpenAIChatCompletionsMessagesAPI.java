package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import java.util.function.Function;

/** The messages of answers that the server has kept. */
public final class OpenAIChatCompletionsMessagesAPI extends OpenAIAPIResource {
    OpenAIChatCompletionsMessagesAPI(OpenAI client) {
        super(client);
    }

    /** The messages that led to the answer with that id; waits. */
    public OpenAIChatCompletionsMessagesResult list(String completionId) {
        return list(completionId, p -> p);
    }

    /** The messages that led to the answer with that id; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T list(
            String completionId,
            Function<
                            OpenAIChatCompletionsMessagesParameters<OpenAIChatCompletionsMessagesResult>,
                            OpenAIChatCompletionsMessagesParameters<T>>
                    parameters) {
        return list(completionId, apply(parameters, OpenAIChatCompletionsMessagesParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T list(String completionId, OpenAIChatCompletionsMessagesParameters<T> parameters) {
        String path = "/chat/completions" + pathOf("completionId", completionId) + "/messages";
        return makeList("chat.completions.messages.list", path, OpenAIChatCompletionsMessagesResult::new, parameters);
    }
}
