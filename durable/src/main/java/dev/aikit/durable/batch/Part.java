package dev.aikit.durable.batch;

/**
 * A part of the input that is one batch at the provider.
 *
 * @param number from 1
 * @param first the number of its first request in the input, from 0; below zero for those that failed before
 * @param fileId of its requests at the provider; "" until it was uploaded
 * @param batchId "" until it was begun
 * @param merged whether its results are in the output
 */
record Part(int number, long first, long requests, String fileId, String batchId, boolean merged) {
    Part fileId(String id) {
        return new Part(number, first, requests, id, batchId, merged);
    }

    Part batchId(String id) {
        return new Part(number, first, requests, fileId, id, merged);
    }

    Part done() {
        return new Part(number, first, requests, fileId, batchId, true);
    }

    /** Whether it is at the provider. */
    boolean isOpen() {
        return !merged && !batchId.isEmpty();
    }
}
