package dev.aikit;

import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed: an error that the server reported, or anything that kept its answer from arriving whole. It
 * never holds the key that was sent.
 */
public final class OpenAIError {
    /** What happened, in the classes that a program may want to tell apart. */
    public enum Kind {
        /** The server answered with an error status; see {@link OpenAIError#status()}. */
        HTTP(0),
        /** The server reported an error within an answer that began as a success (under status 200, or in a stream). */
        REPORTED(1000),
        /** The call was cancelled. */
        CANCELLED(1001),
        /** The client was closed. */
        CLOSED(1002),
        /** The thread that waited was interrupted. */
        INTERRUPTED(1003),
        /** The provider that the call would go to wants a key and none is known; nothing was sent. */
        NO_KEY(1004),
        /** The host's name has no address. */
        DNS(1101),
        /** No connection to the host or its proxy. */
        CONNECT(1102),
        /** No secure connection. */
        TLS(1103),
        /** The connection was lost before the answer's end. */
        CONNECTION_LOST(1104),
        /** The answer breaks the rules of HTTP. */
        PROTOCOL(1105),
        /** The server sends the call elsewhere, to a place that must not see the key. */
        REDIRECT(1106),
        /** No connection within {@link OpenAIConfiguration#connectTimeout}. */
        CONNECT_TIMEOUT(1201),
        /** No answer within {@link OpenAIConfiguration#firstByteTimeout}. */
        FIRST_BYTE_TIMEOUT(1202),
        /** Silence within an answer, or a server that takes nothing of an upload, for {@link OpenAIConfiguration#idleTimeout}. */
        IDLE_TIMEOUT(1203),
        /** One attempt took {@link OpenAIConfiguration#attemptTimeout}. */
        ATTEMPT_TIMEOUT(1204),
        /** The call with all of its attempts took {@link OpenAIConfiguration#timeout}. */
        TIMEOUT(1205),
        /** A stream that stopped without its end. */
        TRUNCATED(1301),
        /** An answer that is not what its kind of call answers, such as text that is not JSON. */
        MALFORMED(1302),
        /** An answer, a head or an event over its limit. */
        TOO_LARGE(1303),
        /** The model asked for tools in more rounds than are allowed. */
        TOOL_ROUNDS(1401),
        /** The model refuses to answer in the type that was asked for; the message says why. */
        REFUSED(1402),
        /** The model stopped at a limit of tokens before it had answered in the type that was asked for. */
        LENGTH(1403),
        /** A filter of the server stopped the answer, for which a type was asked for. */
        CONTENT_FILTER(1404),
        /** The answer is not JSON, or does not fit the type that was asked for. */
        MISFIT(1405),
        /** What was to be sent could not be read, or was shorter or longer than it said. */
        SOURCE(1501),
        /** What came could not be written to its file. */
        TARGET(1502),
        /** A defect in this library; the cause is reported to the handler for uncaught exceptions as well. */
        INTERNAL(1901);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private final Kind kind;
    private final String message;
    private final Json error;
    private final @Nullable OpenAIResponse response;
    private final @Nullable Throwable cause;

    private OpenAIError(
            Kind kind, String message, Json error, @Nullable OpenAIResponse response, @Nullable Throwable cause) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.message = Objects.requireNonNull(message, "message");
        this.error = error;
        this.response = response;
        this.cause = cause;
    }

    /** An error that did not come from the server. */
    public static OpenAIError of(
            Kind kind, String message, @Nullable OpenAIResponse response, @Nullable Throwable cause) {
        return new OpenAIError(kind, message, Json.missing(), response, cause);
    }

    /** An error that the server reported in an answer; {@code error} is the error object in any of its forms. */
    public static OpenAIError reported(Kind kind, String message, Json error, @Nullable OpenAIResponse response) {
        return new OpenAIError(kind, message, error, response, null);
    }

    /** The same error with another message. */
    public OpenAIError withMessage(String other) {
        return new OpenAIError(kind, other, error, response, cause);
    }

    /** The same kind of error, with something else in all that came from outside; made by the library. */
    public OpenAIError with(
            String otherMessage, Json details, @Nullable OpenAIResponse otherResponse, @Nullable Throwable otherCause) {
        return new OpenAIError(kind, otherMessage, details, otherResponse, otherCause);
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status for {@link Kind#HTTP}, else a number over 1000 that belongs to the kind. */
    public int errCode() {
        return kind == Kind.HTTP ? status() : kind.number;
    }

    /** A sentence: the server's own where it sent one. */
    public String message() {
        return message;
    }

    /** The answer, as far as one came. */
    public @Nullable OpenAIResponse response() {
        return response;
    }

    /** The HTTP status, 0 if no answer came. */
    public int status() {
        return response == null ? 0 : response.status();
    }

    /** The status in words, such as "Too Many Requests"; "" if no answer came. */
    public String statusText() {
        return response == null ? "" : response.statusText();
    }

    /** The body of the answer as JSON; missing if it is something else: see {@link OpenAIResponse#text()}. */
    public Json body() {
        return response == null ? Json.missing() : response.json();
    }

    /** The headers of the answer, by name in lower case. */
    public Map<String, List<String>> headers() {
        return response == null ? Map.of() : response.headers();
    }

    /** The server's number for this call, to be named when asking its makers for help; "" if it sent none. */
    public String requestID() {
        return response == null ? "" : response.requestID();
    }

    /** What the server says of the error, such as the object under {@code error}; missing if that was no object. */
    public Json details() {
        return error;
    }

    /** The server's code, such as "rate_limit_exceeded", or the digits of a number; "" if it sent none. */
    public String code() {
        return error.get("code").asText();
    }

    /** The server's type of error, such as "invalid_request_error"; "" if it sent none. */
    public String type() {
        return error.get("type").asText();
    }

    /** The parameter that the server complains about; "" if it named none. */
    public String param() {
        return error.get("param").asText();
    }

    /** What went wrong below, if anything did. */
    public @Nullable Throwable cause() {
        return cause;
    }

    /** Status 400. */
    public boolean isBadRequestError() {
        return status() == 400;
    }

    /** Status 401. */
    public boolean isAuthenticationError() {
        return status() == 401;
    }

    /** Status 403. */
    public boolean isPermissionDeniedError() {
        return status() == 403;
    }

    /** Status 404. */
    public boolean isNotFoundError() {
        return status() == 404;
    }

    /** Status 422. */
    public boolean isUnprocessableEntityError() {
        return status() == 422;
    }

    /** Status 429. */
    public boolean isRateLimitError() {
        return status() == 429;
    }

    /** Status 500 or over. */
    public boolean isInternalServerError() {
        return status() >= 500;
    }

    /** The call was cancelled by {@link OpenAICall#cancel()}. */
    public boolean isCancelled() {
        return kind == Kind.CANCELLED;
    }

    /** One of the deadlines passed. */
    public boolean isTimeout() {
        return kind.number / 100 == 12;
    }

    /** The kind or status, and the message. */
    @Override
    public String toString() {
        String where = requestID().isEmpty() ? "" : " [" + requestID() + "]";
        return (kind == Kind.HTTP ? status() + " " + statusText() : kind.name()) + ": " + message + where;
    }
}
