package dev.aikit.durable.batch;

import dev.aikit.json.Json;

/**
 * What the store knows of a batch.
 *
 * @param settings what it was begun with
 * @param submitted how many requests, from the first one on, are in the store as calls
 * @param written how many bytes of the output are results; more would be from a process that died
 * @param done how many results these are
 */
record BatchRow(
        Json settings,
        BatchState state,
        long total,
        long submitted,
        long written,
        long done,
        long inputTokens,
        long outputTokens) {
    BatchRow submitted(long requests) {
        return new BatchRow(settings, state, total, requests, written, done, inputTokens, outputTokens);
    }

    BatchRow state(BatchState other) {
        return new BatchRow(settings, other, total, submitted, written, done, inputTokens, outputTokens);
    }

    BatchRow done(long results) {
        return new BatchRow(settings, state, total, submitted, written, results, inputTokens, outputTokens);
    }

    /** With one more result. */
    BatchRow plus(long input, long output) {
        return new BatchRow(
                settings, state, total, submitted, written, done + 1, inputTokens + input, outputTokens + output);
    }

    BatchRow written(long bytes) {
        return new BatchRow(settings, state, total, submitted, bytes, done, inputTokens, outputTokens);
    }
}
