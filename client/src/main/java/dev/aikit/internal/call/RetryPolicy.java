package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * When to try again, and after how long: on a lost or refused connection, on status 408, 409, 429 and from 500 on (501
 * aside: the server will not learn it), or as {@code x-should-retry} says. Waits what {@code Retry-After} or
 * {@code retry-after-ms} asks, else half a second, doubled each time up to eight, less up to a quarter by chance, so that
 * clients do not come back all at once.
 */
public final class RetryPolicy {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration STALE_WITHIN = Duration.ofSeconds(1);

    private RetryPolicy() {}

    /** A server closes an idle connection at the very moment of its use; one that takes its time has read the request. */
    static boolean isStale(TransportFailure failure, long ageNanos) {
        return failure.reason() == TransportFailure.Reason.STALE && ageNanos < STALE_WITHIN.toNanos();
    }

    /** Whether an answer with this head may be different the next time. */
    public static boolean worthRetrying(HttpHead head) {
        String advice = head.header("x-should-retry");
        if (advice.equals("true")) return true;
        if (advice.equals("false")) return false;
        int status = head.status();
        return status == 408 || status == 409 || status == 429 || status >= 500 && status != 501;
    }

    /**
     * Whether another provider may do what this one failed to: it could not be reached, has had enough of us, or is
     * overloaded. What it says of the request itself (400, 401, 403, 404, 422 and the like) is a mistake that the next one
     * would hide, and 501 says that it cannot do such a thing at all.
     */
    static boolean worthElsewhere(OpenAIError error) {
        return switch (error.kind()) {
            case DNS, CONNECT, CONNECT_TIMEOUT, TLS, CONNECTION_LOST -> true;
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, ATTEMPT_TIMEOUT -> true;
            case HTTP ->
                error.status() == 408 || error.status() == 429 || (error.status() >= 500 && error.status() != 501);
            default -> false;
        };
    }

    /** The wait that the server asks for; null if it asks for none. */
    public static @Nullable Duration asked(@Nullable HttpHead head, Instant now) {
        if (head == null) return null;
        Duration exact = number(head.header("retry-after-ms"), 1);
        if (exact != null) return exact;
        String wish = head.header("retry-after").strip();
        Duration seconds = number(wish, 1000);
        return seconds != null ? seconds : untilDate(wish, now);
    }

    private static @Nullable Duration number(String text, double unitMillis) {
        try {
            double millis = Double.parseDouble(text) * unitMillis;
            return millis >= 0 && millis < 1e15 ? Duration.ofMillis((long) millis) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable Duration untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** The wait after that many failures, where the server asks for none; {@code chance} from 0 to 1. */
    static Duration backOff(int failures, double chance) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, 10);
        double part = 1 - chance / 4;
        return Duration.ofMillis((long) (Math.min(doubled, LONGEST.toMillis()) * part));
    }
}
