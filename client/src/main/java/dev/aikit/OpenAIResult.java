package dev.aikit;

import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call came to: success or not, the answer, and how it came about. Results are immutable and may be shared between
 * threads. What this library has no method for is in {@link #json()}.
 */
public abstract class OpenAIResult extends OpenAIAnswer {
    private final Outcome outcome;

    /** Made by the library. */
    protected OpenAIResult(Outcome outcome) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
    }

    /** What was sent. */
    public OpenAIRequest request() {
        return outcome.request();
    }

    /** The answer as it came over the wire; null if none came. */
    public @Nullable OpenAIResponse response() {
        return outcome.response();
    }

    /** Whether the call did what it was for. */
    public boolean success() {
        return outcome.errors().isEmpty();
    }

    /** Why not; empty exactly when {@link #success()}. */
    public List<OpenAIError> errors() {
        return outcome.errors();
    }

    /** Whether the call has ended: false only for the pieces of a stream. */
    public boolean terminated() {
        return outcome.terminated();
    }

    /** The headers of the answer, by name in lower case; empty if no answer came. */
    public Map<String, List<String>> headers() {
        OpenAIResponse response = outcome.response();
        return response == null ? Map.of() : response.headers();
    }

    /** The server's number for this call; "" if it sent none. */
    public String requestID() {
        OpenAIResponse response = outcome.response();
        return response == null ? "" : response.requestID();
    }

    /** What the server's headers said of its limits; null if no answer came. */
    public @Nullable OpenAIRateLimit rateLimit() {
        OpenAIResponse response = outcome.response();
        return response == null ? null : OpenAIRateLimit.of(response);
    }

    /** Tokens used; {@link OpenAIUsage#isPresent()} is false if the server counted none. */
    public OpenAIUsage usage() {
        Json usage = json().get("usage");
        return new OpenAIUsage(
                usage.isPresent() ? usage : json().get("x_groq").get("usage")); // where Groq puts it in streams
    }

    /** Each try at sending the call, in order. */
    public List<OpenAIAttempt> attempts() {
        return outcome.attempts();
    }

    /** The answer as JSON: of a stream, the whole answer that its pieces make. Missing if nothing readable came. */
    public Json json() {
        return outcome.json();
    }

    /**
     * This result, unless the call did not succeed (the kit's {@code throw}).
     *
     * @throws OpenAIException with the first error's text
     */
    public OpenAIResult orThrow() {
        if (!success()) throw new OpenAIException(this, errors().get(0));
        return this;
    }

    /** Success or the errors, in a line. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + (success() ? "[success]" : errors().toString());
    }
}
