package dev.aikit.cli.doctor;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server to be examined.
 *
 * @param client makes the calls
 * @param model the one to chat with
 * @param embeddingModel the one for vectors; null if none is known
 * @param listed the models that the server lists
 * @param waiting how a call is waited for
 */
public record Patient(
        OpenAI client, String model, @Nullable String embeddingModel, List<String> listed, Waiting waiting) {
    /** Waits in a way that the user can end. */
    public interface Waiting {
        /** The call's result. */
        <R extends OpenAIResult> R await(OpenAICall<R> call) throws InterruptedException;
    }

    /** Asks its model that, with an answer of so many tokens at the most. */
    OpenAIChatCompletionsResult chat(
            String question,
            int tokens,
            UnaryOperator<OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>>> settings)
            throws InterruptedException {
        return await(client.chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user(question)),
                        p -> settings.apply(
                                p.model(model).maxCompletionTokens(tokens).async())));
    }

    <R extends OpenAIResult> R await(OpenAICall<R> call) throws InterruptedException {
        return waiting.await(call);
    }
}
