package dev.aikit.cli.doctor;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import java.util.List;
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

    <R extends OpenAIResult> R await(OpenAICall<R> call) throws InterruptedException {
        return waiting.await(call);
    }
}
