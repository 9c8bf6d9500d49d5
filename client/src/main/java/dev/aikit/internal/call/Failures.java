package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.TransportFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** From what went wrong below to the error that a user reads. */
final class Failures {
    private Failures() {}

    static OpenAIError of(TransportFailure failure, @Nullable OpenAIResponse response) {
        Kind kind = switch (failure.reason()) {
            case DNS -> Kind.DNS;
            case CONNECT -> Kind.CONNECT;
            case CONNECT_TIMEOUT -> Kind.CONNECT_TIMEOUT;
            case TLS -> Kind.TLS;
            case STALE, LOST -> Kind.CONNECTION_LOST;
            case PROTOCOL -> Kind.PROTOCOL;
            case TOO_LARGE -> Kind.TOO_LARGE;
            case SOURCE -> Kind.SOURCE;
            case CLOSED -> Kind.CLOSED;
        };
        String message = failure.getMessage() == null ? failure.reason().name() : failure.getMessage();
        return OpenAIError.of(kind, message, response, failure);
    }

    /** Whether trying again may help. */
    static boolean worthRetrying(TransportFailure failure) {
        return switch (failure.reason()) {
            case DNS, CONNECT, CONNECT_TIMEOUT, STALE, LOST -> true;
            case TLS, PROTOCOL, TOO_LARGE, SOURCE, CLOSED -> false;
        };
    }

    static OpenAIError timeout(
            Deadlines.Limit limit, Timeouts timeouts, HttpCall call, @Nullable OpenAIResponse response) {
        return switch (limit) {
            case SENDING ->
                timeout(
                        Kind.IDLE_TIMEOUT,
                        "the server took nothing of what is sent for",
                        timeouts.idle(),
                        "idleTimeout",
                        call,
                        response);
            case FIRST_BYTE ->
                timeout(
                        Kind.FIRST_BYTE_TIMEOUT,
                        "no answer within",
                        timeouts.firstByte(),
                        "firstByteTimeout",
                        call,
                        response);
            case IDLE ->
                timeout(
                        Kind.IDLE_TIMEOUT,
                        "silence within the answer for",
                        timeouts.idle(),
                        "idleTimeout",
                        call,
                        response);
            case ATTEMPT ->
                timeout(
                        Kind.ATTEMPT_TIMEOUT,
                        "the attempt was not done within",
                        timeouts.attempt(),
                        "attemptTimeout",
                        call,
                        response);
            case TOTAL ->
                timeout(Kind.TIMEOUT, "the call was not done within", timeouts.total(), "timeout", call, response);
        };
    }

    private static OpenAIError timeout(
            Kind kind,
            String what,
            @Nullable Duration limit,
            String setting,
            HttpCall call,
            @Nullable OpenAIResponse response) {
        return OpenAIError.of(kind, what + " " + inWords(limit) + " (" + setting + "): " + call, response, null);
    }

    /** The same error, saying that the wait which the server asks for is longer than the time that is left. */
    static OpenAIError tooLate(OpenAIError error, Duration asked, Instant now) {
        String when = " (not tried again: the server asks to wait " + inWords(asked) + ", until "
                + now.plus(asked).truncatedTo(ChronoUnit.SECONDS)
                + ", and the timeout of the call is over before)";
        return error.withMessage(error.message() + when);
    }

    static String inWords(@Nullable Duration limit) {
        if (limit == null) return "its limit";
        return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
