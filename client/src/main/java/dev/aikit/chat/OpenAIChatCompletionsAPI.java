package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.internal.call.Operation;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Answers to conversations. */
public final class OpenAIChatCompletionsAPI extends OpenAIAPIResource {
    OpenAIChatCompletionsAPI(OpenAI client) {
        super(client);
    }

    /**
     * The model's answer to a conversation; waits.
     *
     * @param messages at least one; each {@code null} is refused with its place
     */
    public OpenAIChatCompletionsResult create(List<OpenAIMessage> messages) {
        return create(messages, p -> p);
    }

    /**
     * The model's answer to a conversation; waits, or does not, as the parameters say:
     *
     * <pre>{@code
     * client.chat().completions().create(messages, p -> p.stream(true)
     *         .onData(chunk -> form.append(chunk.choice().delta().text()))
     *         .onTerminate(form::done));
     * }</pre>
     *
     * @param messages at least one; each {@code null} is refused with its place
     */
    public <T extends OpenAIAnswer> T create(
            List<OpenAIMessage> messages,
            Function<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>, OpenAIChatCompletionsParameters<T>>
                    parameters) {
        return create(messages, apply(parameters, OpenAIChatCompletionsParameters.create()));
    }

    /**
     * The same with parameters made before.
     *
     * @param messages at least one; each {@code null} is refused with its place
     */
    public <T extends OpenAIAnswer> T create(
            List<OpenAIMessage> messages, OpenAIChatCompletionsParameters<T> parameters) {
        Objects.requireNonNull(parameters, "parameters");
        byte[] body = parameters.body(checked(messages));
        return make(
                new Operation<>(
                        "chat.completions.create",
                        "POST",
                        "/chat/completions",
                        body,
                        parameters.streams(),
                        () -> new ChatReader(parameters.listener())),
                parameters);
    }

    private static List<OpenAIMessage> checked(List<OpenAIMessage> messages) {
        if (messages == null || messages.isEmpty())
            throw new IllegalArgumentException("messages: at least one message expected, not " + messages);
        for (int i = 0; i < messages.size(); i++)
            if (messages.get(i) == null)
                throw new IllegalArgumentException("messages[" + i + "]: a message expected, not null");
        return List.copyOf(messages);
    }
}
