package dev.aikit.local.internal;

import java.time.Duration;

/**
 * How much the server bears.
 *
 * @param bodyBytes the longest request body
 * @param waiting requests that may wait for each model
 * @param stalledReader how long a client may read nothing of a stream before it is disconnected
 * @param grace how long closing waits for the answers that are being made
 */
public record Limits(int bodyBytes, int waiting, Duration stalledReader, Duration grace) {
    /** For one person's machine. */
    public static final Limits DEFAULT = new Limits(16 << 20, 64, Duration.ofSeconds(60), Duration.ofSeconds(2));
}
