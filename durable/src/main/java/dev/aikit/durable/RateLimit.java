package dev.aikit.durable;

import dev.aikit.internal.Checks;
import java.time.Duration;
import java.util.Objects;

/**
 * How much a provider takes: requests and tokens a minute, shared by all workers, in all processes, that have the same store
 * and the same name for it ({@link #sharedAs}):
 *
 * <pre>{@code
 * DurableWorker.builder().rateLimit(RateLimit.perMinute().requests(600).tokens(90_000));
 * }</pre>
 *
 * <p>They flow evenly, and what was not used for a while may go at once, up to the burst. In any window of time there are no
 * more than limit × (window + burst), rounded up; requests are counted as they leave the process. Tokens are estimated when
 * a call is sent: a quarter of the bytes of its request, and what it allows for the answer ({@code max_completion_tokens},
 * {@code max_tokens}, {@code max_output_tokens}), if it says. When the answer has come, the difference to what the server
 * counted is put right: what is given back then may go at once, so that a window can have more of what was really used by
 * that much. A call with more tokens than go at once waits until nothing of the limit is used, and goes then.
 *
 * <p>The {@code x-ratelimit-…} headers of answers can only lower this: a lower limit is taken over, for a minute's as they
 * mostly are, and so is a lower remainder, as when others use the same key. After a status 429 with {@code Retry-After}, all
 * workers that share the limit wait for that time, for an hour at the most.
 *
 * <p>Immutable.
 */
public final class RateLimit {
    private static final Duration BURST = Duration.ofSeconds(5);
    private static final Duration LEAST_BURST = Duration.ofSeconds(1);
    private static final Duration MOST_BURST = Duration.ofMinutes(1);

    private final long requests;
    private final long tokens;
    private final boolean fromHeaders;
    private final Duration burst;
    private final String name;

    private RateLimit(long requests, long tokens, boolean fromHeaders, Duration burst, String name) {
        this.requests = requests;
        this.tokens = tokens;
        this.fromHeaders = fromHeaders;
        this.burst = burst;
        this.name = name;
    }

    /** Limits that are to be named: of requests, of tokens, or of both. */
    public static RateLimit perMinute() {
        return new RateLimit(0, 0, false, BURST, "");
    }

    /**
     * The limits that the server's headers name; 60 requests a minute until the first answer has come, and none if it names
     * none. Where limits are set here as well, the lower ones count.
     */
    public static RateLimit fromHeaders() {
        return new RateLimit(0, 0, true, BURST, "");
    }

    /** So many requests a minute; by default no limit. */
    public RateLimit requests(int perMinute) {
        return new RateLimit(Checks.positive("requests", perMinute), tokens, fromHeaders, burst, name);
    }

    /** So many tokens a minute, of questions and answers; by default no limit. */
    public RateLimit tokens(int perMinute) {
        return new RateLimit(requests, Checks.positive("tokens", perMinute), fromHeaders, burst, name);
    }

    /**
     * How much more may go in a window than its share: what is allowed in that time; 5 seconds by default, 1 second at the
     * least and 60 at the most. A part of it, up to a second, covers the time from the store to the network: a call that
     * leaves later than that is given back and waits for its turn again.
     */
    public RateLimit burst(Duration time) {
        Objects.requireNonNull(time, "burst");
        if (time.compareTo(LEAST_BURST) < 0 || time.compareTo(MOST_BURST) > 0)
            throw new IllegalArgumentException("burst: 1 to 60 seconds expected, not " + time);
        return new RateLimit(requests, tokens, fromHeaders, time, name);
    }

    /**
     * The name under which it is in the store: workers with the same one share it. By default the host and path that the
     * worker's client sends to. Another one for another account there; or for a model with limits of its own, whose calls
     * have callbacks, and a worker, of their own.
     */
    public RateLimit sharedAs(String other) {
        return new RateLimit(requests, tokens, fromHeaders, burst, Checks.text("sharedAs", other));
    }

    /** Requests a minute; 0 for none. */
    long requests() {
        return requests;
    }

    long tokens() {
        return tokens;
    }

    boolean isFromHeaders() {
        return fromHeaders;
    }

    Duration burst() {
        return burst;
    }

    String name() {
        return name;
    }

    boolean saysNothing() {
        return requests == 0 && tokens == 0 && !fromHeaders;
    }

    /** What was set. */
    @Override
    public String toString() {
        return "RateLimit[" + (requests > 0 ? requests + " requests a minute, " : "")
                + (tokens > 0 ? tokens + " tokens a minute, " : "") + (fromHeaders ? "from headers, " : "")
                + "burst " + burst.toMillis() + " ms" + (name.isEmpty() ? "]" : ", shared as " + name + "]");
    }
}
