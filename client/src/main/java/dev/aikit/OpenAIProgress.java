package dev.aikit;

/**
 * How far an upload or a download has come.
 *
 * @param bytes of the body, so far; begins again when the call is tried again
 * @param total of the whole body, -1 if that is not known; an upload's is a few hundred bytes more than its file
 */
public record OpenAIProgress(long bytes, long total) {
    /** From 0 to 1; 0 if the total is not known. */
    public double fraction() {
        return total > 0 ? (double) bytes / total : 0;
    }
}
