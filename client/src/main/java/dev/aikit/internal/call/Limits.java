package dev.aikit.internal.call;

/**
 * How much of a server's answer is taken in.
 *
 * @param bodyBytes of an answer in one piece
 * @param eventBytes of one event of a stream
 */
public record Limits(long bodyBytes, int eventBytes) {
    /** 64 MB and 16 MB: more than any model answers, less than a small heap. */
    public static final Limits DEFAULT = new Limits(64L << 20, 16 << 20);
}
