package dev.aikit.durable.internal;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.call.RetryPolicy;
import dev.aikit.internal.http.HttpHead;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to try again.
 *
 * @param mostSends how often a call is sent before it is dead
 * @param mostDeliveries how often its callback is called
 * @param first the wait after the first failure, doubled each time
 * @param chance from 0 to 1, not included
 */
public record RetryRules(int mostSends, int mostDeliveries, Duration first, Duration longest, DoubleSupplier chance) {
    /** Unless somebody says otherwise. */
    public static final RetryRules DEFAULT = new RetryRules(8, 8, Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** With chance as it comes. */
    public RetryRules(int mostSends, int mostDeliveries, Duration first, Duration longest) {
        this(
                mostSends,
                mostDeliveries,
                first,
                longest,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Whether the next answer may be another one. */
    public static boolean isWorthIt(OpenAIError error) {
        return switch (error.kind()) {
            case HTTP -> error.response() != null && RetryPolicy.worthRetrying(head(error.response()));
            case REDIRECT, TOO_LARGE, TOOL_ROUNDS, CANCELLED -> false;
            default -> true;
        };
    }

    private static HttpHead head(OpenAIResponse response) {
        return new HttpHead(response.status(), response.statusText(), response.headers());
    }

    /** The wait that the server asks for; null if it asks for none. */
    public static @Nullable Duration asked(OpenAIError error, long now) {
        OpenAIResponse response = error.response();
        return response == null ? null : RetryPolicy.asked(head(response), Instant.ofEpochMilli(now));
    }

    /** The wait in milliseconds: what the server asks for, else doubled each time, less up to a quarter by chance. */
    public long wait(OpenAIError error, int failures, long now) {
        Duration asked = asked(error, now);
        return asked != null ? asked.toMillis() : backOff(failures);
    }

    /** The same where no server is asked. */
    public long backOff(int failures) {
        long doubled = first.toMillis() << Math.min(20, Math.max(0, failures - 1));
        double part = 1 - chance.getAsDouble() / 4;
        return (long) (Math.min(doubled, longest.toMillis()) * part);
    }
}
