package dev.aikit.durable.internal;

/**
 * What answers have said of a rate limit since the store was told.
 *
 * @param leftRequests how many requests remain; {@link Long#MAX_VALUE} if nothing was said
 * @param leftTokens the same of tokens
 * @param saidRequests requests a minute; 0 if nothing was heard, -1 if an answer said nothing
 * @param saidTokens the same of tokens
 * @param moreTokens how many more the server counted than had been taken; below zero for fewer
 * @param heldUntil by the ticker of this process; {@link Long#MIN_VALUE} for not at all
 */
public record Heard(
        long leftRequests, long leftTokens, long saidRequests, long saidTokens, long moreTokens, long heldUntil) {
    /** Nothing. */
    public static final Heard NOTHING = new Heard(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, 0, Long.MIN_VALUE);

    /** This, and later that. */
    public Heard and(Heard later) {
        return new Heard(
                Math.min(leftRequests, later.leftRequests),
                Math.min(leftTokens, later.leftTokens),
                later.saidRequests != 0 ? later.saidRequests : saidRequests,
                later.saidTokens != 0 ? later.saidTokens : saidTokens,
                moreTokens + later.moreTokens,
                Math.max(heldUntil, later.heldUntil));
    }
}
