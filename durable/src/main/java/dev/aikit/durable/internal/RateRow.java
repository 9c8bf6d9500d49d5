package dev.aikit.durable.internal;

/**
 * What all who share a rate limit know of it. Its times are nanoseconds of a clock of its own, which begins at 0 and is
 * moved on by whoever looks, by the time that has passed there: no clock that can be set has a part in it.
 *
 * @param time by its clock, when it was written
 * @param seen when that was, in milliseconds since 1970: for a process that looks for the first time
 * @param requests until when the requests that were taken use the limit up, by its clock
 * @param tokens the same of the tokens
 * @param held nothing may be sent before, by its clock
 * @param saidRequests requests a minute by the server's headers; 0 before it said anything, -1 if it says nothing
 * @param saidTokens the same of the tokens
 */
public record RateRow(long time, long seen, long requests, long tokens, long held, long saidRequests, long saidTokens) {
    /** At another time. */
    public RateRow at(long otherTime, long now) {
        return new RateRow(otherTime, now, requests, tokens, held, saidRequests, saidTokens);
    }

    /** With more, or less, of it used. */
    public RateRow used(long untilRequests, long untilTokens) {
        return new RateRow(time, seen, untilRequests, untilTokens, held, saidRequests, saidTokens);
    }

    /** With what the server has said; 0 for nothing new of a limit. */
    public RateRow said(long heldUntil, long perMinute, long tokensPerMinute) {
        return new RateRow(
                time,
                seen,
                requests,
                tokens,
                heldUntil,
                perMinute != 0 ? perMinute : saidRequests,
                tokensPerMinute != 0 ? tokensPerMinute : saidTokens);
    }
}
