package dev.aikit.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many requests are under way at a time. */
final class Concurrency {
    static final int DEFAULT = 16;

    private static final int MOST = 10_000;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "How many requests at a time. Default: " + DEFAULT + ", or as before.")
    @Nullable
    Integer number;

    /** What was asked for, or else that. */
    int or(int otherwise) {
        Integer asked = number;
        if (asked == null) return otherwise;
        if (asked < 1 || asked > MOST)
            throw new IllegalArgumentException("--concurrency: 1 to " + MOST + " expected, not " + asked);
        return asked;
    }
}
