package dev.aikit.internal.call;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResponse;
import dev.aikit.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to, before it takes the type of its function's result.
 *
 * @param json the answer; of a stream, what its pieces make, or the piece itself while the call is not terminated
 */
public record Outcome(
        OpenAIRequest request,
        @Nullable OpenAIResponse response,
        Json json,
        List<OpenAIError> errors,
        List<OpenAIAttempt> attempts,
        boolean terminated) {

    /** The same, but no failure. */
    Outcome succeeded() {
        return new Outcome(request, response, json, List.of(), attempts, terminated);
    }

    /** The same, but a failure. */
    public Outcome failed(OpenAIError error) {
        return new Outcome(request, response, json, List.of(error), attempts, terminated);
    }
}
