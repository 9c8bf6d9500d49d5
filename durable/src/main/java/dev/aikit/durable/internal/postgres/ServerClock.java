package dev.aikit.durable.internal.postgres;

import java.util.function.LongSupplier;

/**
 * The server's clock, which all go by: machines that share a store do not agree about the time. Between two looks at it,
 * time goes on by a count that no setting of a clock changes.
 */
final class ServerClock implements LongSupplier {
    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private record Reading(long millis, long nanos) {}

    private volatile Reading last;

    ServerClock(long millis) {
        last = new Reading(millis, System.nanoTime());
    }

    void set(long millis) {
        last = new Reading(millis, System.nanoTime());
    }

    @Override
    public long getAsLong() {
        Reading reading = last;
        return reading.millis + (System.nanoTime() - reading.nanos) / 1_000_000;
    }
}
