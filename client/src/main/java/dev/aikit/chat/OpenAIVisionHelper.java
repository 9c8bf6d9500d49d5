package dev.aikit.chat;

import dev.aikit.OpenAIAnswer;
import dev.aikit.internal.Checks;
import java.util.List;
import java.util.function.Function;

/** A picture that a model is asked about. Each question stands for itself: what was asked before is not sent again. */
public final class OpenAIVisionHelper {
    private final OpenAIChatAPI chat;
    private final String imageURL;

    OpenAIVisionHelper(OpenAIChatAPI chat, String imageURL) {
        this.chat = chat;
        this.imageURL = imageURL;
    }

    /** Asks about the picture; waits. */
    public OpenAIChatCompletionsResult prompt(String text) {
        return prompt(text, p -> p);
    }

    /** Asks about the picture; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T prompt(
            String text,
            Function<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>, OpenAIChatCompletionsParameters<T>>
                    parameters) {
        return chat.completions().create(question(text), parameters);
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T prompt(String text, OpenAIChatCompletionsParameters<T> parameters) {
        return chat.completions().create(question(text), parameters);
    }

    private List<OpenAIMessage> question(String text) {
        return List.of(OpenAIMessage.user(Checks.text("text", text)).addImageURL(imageURL));
    }
}
