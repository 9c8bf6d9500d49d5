package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers to conversations. */
public final class OpenAIChatCompletionsAPI extends OpenAIAPIResource {
    private final OpenAIChatCompletionsMessagesAPI messages;

    OpenAIChatCompletionsAPI(OpenAI client) {
        super(client);
        this.messages = new OpenAIChatCompletionsMessagesAPI(client);
    }

    /** The messages of answers that the server has kept. */
    public OpenAIChatCompletionsMessagesAPI messages() {
        return messages;
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
                        () -> new ChatReader(
                                parameters.listener(),
                                parameters.responseType(),
                                client.configuration().limits())),
                parameters);
    }

    /** An answer that the server has kept ({@code store}), by its id; waits. */
    public OpenAIChatCompletionsResult retrieve(String completionId) {
        return retrieve(completionId, p -> p);
    }

    /** An answer that the server has kept ({@code store}), by its id; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T retrieve(
            String completionId,
            Function<
                            OpenAICommonParameters<OpenAIChatCompletionsResult, OpenAIChatCompletionsResult>,
                            OpenAICommonParameters<OpenAIChatCompletionsResult, T>>
                    parameters) {
        return make(
                stored("retrieve", "GET", completionId, null, OpenAIChatCompletionsResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIChatCompletionsResult.class)));
    }

    /** Gives an answer that the server has kept other metadata; waits. */
    public OpenAIChatCompletionsResult update(String completionId, Map<String, String> metadata) {
        return update(completionId, metadata, p -> p);
    }

    /** Gives an answer that the server has kept other metadata; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T update(
            String completionId,
            Map<String, String> metadata,
            Function<
                            OpenAICommonParameters<OpenAIChatCompletionsResult, OpenAIChatCompletionsResult>,
                            OpenAICommonParameters<OpenAIChatCompletionsResult, T>>
                    parameters) {
        Json body = Json.of(Map.of("metadata", Objects.requireNonNull(metadata, "metadata")));
        OpenAICommonParameters<OpenAIChatCompletionsResult, T> set =
                apply(parameters, OpenAICommonParameters.of(OpenAIChatCompletionsResult.class));
        return make(stored("update", "POST", completionId, body(body, set), OpenAIChatCompletionsResult::new), set);
    }

    /** Deletes an answer that the server has kept; waits. */
    public OpenAIChatCompletionDeletedResult delete(String completionId) {
        return delete(completionId, p -> p);
    }

    /** Deletes an answer that the server has kept; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T delete(
            String completionId,
            Function<
                            OpenAICommonParameters<
                                    OpenAIChatCompletionDeletedResult, OpenAIChatCompletionDeletedResult>,
                            OpenAICommonParameters<OpenAIChatCompletionDeletedResult, T>>
                    parameters) {
        return make(
                stored("delete", "DELETE", completionId, null, OpenAIChatCompletionDeletedResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIChatCompletionDeletedResult.class)));
    }

    private static <R extends OpenAIResult> Operation<R> stored(
            String function, String method, String id, byte @Nullable [] body, ResultReader<R> reader) {
        String path = "/chat/completions" + pathOf("completionId", id);
        return Operation.of("chat.completions." + function, method, path, body, reader);
    }

    /** The first page of the answers that the server has kept; waits. */
    public OpenAIChatCompletionsListResult list() {
        return list(p -> p);
    }

    /** A page of the answers that the server has kept; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T list(
            Function<
                            OpenAIChatCompletionsListParameters<OpenAIChatCompletionsListResult>,
                            OpenAIChatCompletionsListParameters<T>>
                    parameters) {
        return list(apply(parameters, OpenAIChatCompletionsListParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T list(OpenAIChatCompletionsListParameters<T> parameters) {
        return makeList("chat.completions.list", "/chat/completions", OpenAIChatCompletionsListResult::new, parameters);
    }

    static List<OpenAIMessage> checked(List<OpenAIMessage> messages) {
        if (messages == null || messages.isEmpty())
            throw new IllegalArgumentException("messages: at least one message expected, not " + messages);
        for (int i = 0; i < messages.size(); i++)
            if (messages.get(i) == null)
                throw new IllegalArgumentException("messages[" + i + "]: a message expected, not null");
        return List.copyOf(messages);
    }
}
