package dev.aikit.internal.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadlines of a call; null where nothing is set. */
public record Timeouts(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle,
        @Nullable Duration attempt,
        @Nullable Duration total) {

    /** Nothing set. */
    public static final Timeouts UNSET = new Timeouts(null, null, null, null, null);

    /** These, and where they are not set, those. */
    public Timeouts or(Timeouts others) {
        if (this == UNSET) return others;
        return new Timeouts(
                connect != null ? connect : others.connect,
                firstByte != null ? firstByte : others.firstByte,
                idle != null ? idle : others.idle,
                attempt != null ? attempt : others.attempt,
                total != null ? total : others.total);
    }

    /** With another limit for connecting. */
    public Timeouts withConnect(Duration limit) {
        return new Timeouts(positive("connectTimeout", limit), firstByte, idle, attempt, total);
    }

    /** With another limit for the first byte. */
    public Timeouts withFirstByte(Duration limit) {
        return new Timeouts(connect, positive("firstByteTimeout", limit), idle, attempt, total);
    }

    /** With another limit for silence. */
    public Timeouts withIdle(Duration limit) {
        return new Timeouts(connect, firstByte, positive("idleTimeout", limit), attempt, total);
    }

    /** With another limit for an attempt. */
    public Timeouts withAttempt(Duration limit) {
        return new Timeouts(connect, firstByte, idle, positive("attemptTimeout", limit), total);
    }

    /** With another limit for the whole call. */
    public Timeouts withTotal(Duration limit) {
        return new Timeouts(connect, firstByte, idle, attempt, positive("timeout", limit));
    }

    private static Duration positive(String name, Duration limit) {
        if (limit == null || limit.isNegative() || limit.isZero())
            throw new IllegalArgumentException(name + ": a duration over zero expected, not " + limit);
        return limit;
    }
}
