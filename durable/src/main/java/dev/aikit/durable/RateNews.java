package dev.aikit.durable;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRateLimit;
import dev.aikit.durable.internal.Flow;
import dev.aikit.durable.internal.Heard;
import dev.aikit.durable.internal.RateRow;
import dev.aikit.durable.internal.RetryRules;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.internal.Tokens;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What answers say of a rate limit, on any thread, until the writer tells the store. */
final class RateNews {
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);
    private static final int TOO_MANY_REQUESTS = 429;

    private final RateFlows flows;
    private final LongSupplier ticker;
    private final AtomicReference<Heard> news = new AtomicReference<>(Heard.NOTHING);

    /** What the store said when it was last looked at. */
    private volatile RateRow known = new RateRow(0, 0, 0, 0, 0, 0, 0);

    private volatile boolean urgent;

    RateNews(RateFlows flows, LongSupplier ticker) {
        this.flows = flows;
        this.ticker = ticker;
    }

    /** Whether it must be told before somebody sends again; else it is told when this process sends again. */
    boolean isUrgent() {
        return urgent;
    }

    void known(RateRow row) {
        known = row;
    }

    Heard take() {
        urgent = false;
        return news.getAndSet(Heard.NOTHING);
    }

    /** It was taken, and not told. */
    void putBack(Heard taken) {
        if (taken.equals(Heard.NOTHING)) return;
        news.accumulateAndGet(taken, (later, earlier) -> earlier.and(later));
        urgent = true;
    }

    void heard(Sendable call, Sent result, long now) {
        OpenAIRateLimit said = result.rateLimit();
        if (said == null) return;
        RateRow row = known;
        Duration asked = asked(result, now);
        Heard heard = new Heard(
                left(said.remaining().request()),
                left(said.remaining().tokens()),
                limit(said.limit().request(), row.saidRequests(), result.success()),
                limit(said.limit().tokens(), row.saidTokens(), result.success()),
                moreTokens(call, result, flows.tokens(row)),
                asked == null ? Long.MIN_VALUE : ticker.getAsLong() + asked.toNanos());
        if (heard.equals(Heard.NOTHING)) return;
        news.accumulateAndGet(heard, Heard::and);
        if (asked != null || isWorthALook(heard, row)) urgent = true;
    }

    /** What a server has used of what was taken: all that it says, nothing of what it refused; else nobody knows. */
    private static long moreTokens(Sendable call, Sent result, Flow tokens) {
        if (!tokens.isLimited()) return 0;
        long taken = Math.min(tokens.mostOfOne(), Tokens.estimate(call.body()));
        if (result.usage().isPresent()) return result.usage().totalTokens() - taken;
        boolean refused = !result.success() && result.errors().get(0).status() / 100 == 4;
        return refused ? -taken : 0;
    }

    /** How long the server does not want to be asked again by anybody; null if it does not mind. */
    private static @Nullable Duration asked(Sent result, long now) {
        if (result.success()) return null;
        OpenAIError error = result.errors().get(0);
        Duration asked = error.status() == TOO_MANY_REQUESTS ? RetryRules.asked(error, now) : null;
        return asked == null || asked.compareTo(LONGEST_HOLD) < 0 ? asked : LONGEST_HOLD;
    }

    private static long left(long said) {
        return said < 0 ? Long.MAX_VALUE : said;
    }

    /** What is to be told of the limit that an answer named, if that is news. That none was named, an error cannot say. */
    private static long limit(long said, long known, boolean success) {
        if (said > 0) return said == known ? 0 : said;
        return success && known == 0 ? -1 : 0;
    }

    private boolean isWorthALook(Heard heard, RateRow row) {
        return heard.saidRequests() != 0
                || heard.saidTokens() != 0
                || flows.requests(row).left(0, 0, heard.leftRequests()) > 0
                || flows.tokens(row).left(0, 0, heard.leftTokens()) > 0;
    }
}
