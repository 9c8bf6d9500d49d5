package dev.aikit.local.internal;

import java.time.Duration;

/**
 * How much the server bears.
 *
 * @param bodyBytes the longest request body, files excepted
 * @param fileBytes the longest file
 * @param waiting requests that may wait for each model
 * @param stalledClient how long a client may read nothing of a stream, or send nothing of a file, before it is disconnected
 * @param grace how long closing waits for the answers that are being made
 */
public record Limits(int bodyBytes, long fileBytes, int waiting, Duration stalledClient, Duration grace) {
    /** For one person's machine. */
    public static final Limits DEFAULT =
            new Limits(16 << 20, 2L << 30, 64, Duration.ofSeconds(60), Duration.ofSeconds(2));

    /** The same, but for files. */
    public Limits withFileBytes(long most) {
        return new Limits(bodyBytes, most, waiting, stalledClient, grace);
    }
}
