package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decides by what was seen whether an answer is whole. */
final class Endings {
    /** From the first byte on; of how many. */
    private static final Pattern RANGE = Pattern.compile("(?i)bytes 0-(\\d{1,20})/(\\d{1,20})");

    private Endings() {}

    /**
     * Of a stream: whole if its mark came, or if its pieces say that the model has finished, whatever became of the
     * connection then; some servers send the one without the other. Without both it was cut.
     */
    static @Nullable OpenAIError ofStream(Received.End end, boolean finished) {
        OpenAIError failure = end.failure();
        if (failure == null) return end.marked() || finished ? null : withoutItsEnd(end);
        return switch (failure.kind()) {
            case CONNECTION_LOST -> finished ? null : truncated(end, failure.message(), failure.cause());
            case IDLE_TIMEOUT -> finished ? null : failure;
            default -> failure;
        };
    }

    private static OpenAIError withoutItsEnd(Received.End end) {
        OpenAIResponse response = end.response();
        boolean somethingElse = response != null
                && response.body().length > 0 // kept only while no event has come
                && !response.header("content-type").contains("event-stream");
        return somethingElse ? unexpected("a stream", response) : truncated(end, "the connection was closed", null);
    }

    private static OpenAIError truncated(Received.End end, String why, @Nullable Throwable cause) {
        return OpenAIError.of(Kind.TRUNCATED, "the stream stopped without its end: " + why, end.response(), cause);
    }

    /** Of an answer in one piece, with a success status. */
    static @Nullable OpenAIError ofAnswer(@Nullable OpenAIResponse response, Json body) {
        if (response == null || response.status() == 204) return null;
        if (body.isPresent()) return ErrorBodies.inSuccess(body, response);
        return unexpected("JSON", response);
    }

    /** Why the body of a success is not the whole content that was asked for; null if it is. */
    static @Nullable String ofContent(HttpHead head) {
        if (head.status() == 200) return null;
        String range = head.header("content-range");
        if (head.status() == 206) {
            Matcher matcher = RANGE.matcher(range);
            if (matcher.matches()
                    && new BigInteger(matcher.group(1)).add(BigInteger.ONE).equals(new BigInteger(matcher.group(2))))
                return null;
        }
        String part = range.isEmpty() ? "" : " (content-range: " + range + ")";
        return "the whole content under the status 200 expected, but the server sent the status " + head.status()
                + part;
    }

    private static OpenAIError unexpected(String wanted, OpenAIResponse response) {
        JsonException why = whyNotJson(response);
        if (why != null && why.isTooLarge())
            return OpenAIError.of(Kind.TOO_LARGE, String.valueOf(why.getMessage()), response, why);
        String type = response.header("content-type");
        String size = " (" + response.body().length + " bytes)";
        String sent = type.isEmpty() ? "something else" : type;
        String message = type.contains("json")
                ? "the " + sent + " that the server sent" + size + " cannot be read: "
                        + (why == null ? "it is null" : why.getMessage())
                : wanted + " expected, but the server sent " + sent + size + "; is the base URL right?";
        return OpenAIError.of(Kind.MALFORMED, message, response, null);
    }

    private static @Nullable JsonException whyNotJson(OpenAIResponse response) {
        try {
            Json.parse(response.body());
            return null;
        } catch (JsonException reason) {
            return reason;
        }
    }

    /** The error, with the answer that had come by then. */
    static OpenAIError with(@Nullable OpenAIResponse response, OpenAIError forced) {
        return forced.response() != null || response == null
                ? forced
                : OpenAIError.of(forced.kind(), forced.message(), response, forced.cause());
    }
}
