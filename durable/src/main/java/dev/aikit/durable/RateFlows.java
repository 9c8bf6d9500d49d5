package dev.aikit.durable;

import dev.aikit.durable.internal.Flow;
import dev.aikit.durable.internal.RateRow;

/** A rate limit as it is in force: what was set, and what the server's headers have said, whichever is lower. */
final class RateFlows {
    private static final long SECOND = 1_000_000_000L;

    /** Before the first answer has come. */
    private static final long FIRST_REQUESTS = 60;

    private final RateLimit limit;

    /** How much of the burst is for leaving late, and how much for going early; nanoseconds. */
    private final long late;

    private final long early;

    RateFlows(RateLimit limit) {
        this.limit = limit;
        this.late = Math.min(SECOND, limit.burst().toNanos() / 2);
        this.early = limit.burst().toNanos() - late;
    }

    long late() {
        return late;
    }

    Flow requests(RateRow row) {
        long own = limit.requests();
        if (own == 0 && !limit.isFromHeaders()) return Flow.UNLIMITED;
        return flow(row.saidRequests() == 0 && limit.isFromHeaders() ? FIRST_REQUESTS : row.saidRequests(), own);
    }

    Flow tokens(RateRow row) {
        if (limit.tokens() == 0 && !limit.isFromHeaders()) return Flow.UNLIMITED;
        return flow(row.saidTokens(), limit.tokens());
    }

    /** The lower one of those that are over zero. */
    private Flow flow(long said, long own) {
        long lower = said <= 0 ? own : own == 0 ? said : Math.min(said, own);
        return lower <= 0 ? Flow.UNLIMITED : Flow.perMinute(lower, early);
    }
}
