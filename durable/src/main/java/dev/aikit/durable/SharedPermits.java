package dev.aikit.durable;

import dev.aikit.durable.internal.Flow;
import dev.aikit.durable.internal.Heard;
import dev.aikit.durable.internal.RateRow;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.Tokens;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A rate limit that all processes on a store share: a row there, which is read and written in the transaction that claims
 * calls, so that what is claimed is taken from the limit, and nothing else is. Who dies has taken too much at the most.
 *
 * <p>The row's own clock is moved on by each process, by what its {@link System#nanoTime} says has passed since it looked
 * before. So it never runs ahead of the time that has passed since the row was made, whatever happens to a clock on the
 * wall, and whatever becomes of a transaction. Only the first look of a process moves it on by such a clock: for how much of
 * a hold is over, not for what may be sent.
 */
final class SharedPermits implements Permits {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");

    /** Looks that only ask for more are so far apart: what has gathered meanwhile goes together. */
    private static final long PORTION = 50_000_000L;

    /** For tokens, of which others may give some back meanwhile. */
    private static final long LONGEST_WAIT = 500_000_000L;

    private static final long LONGEST_UNWRITTEN = 1_000_000_000L;
    private static final long LONGEST_PAST_MILLIS = 86_400_000;
    private static final int MOST_DOUBLINGS = 12;

    private final String name;
    private final RateLimit limit;
    private final LongSupplier ticker;
    private final RateFlows flows;
    private final RateNews news;

    // The writer's own:
    private Heard told = Heard.NOTHING;
    private boolean open;
    private boolean first;
    private boolean anchored;
    private long anchorTime;
    private long anchorTick;
    private long nextLook;
    private long barredUntil = System.nanoTime();
    private long claimedAt;
    private boolean checked;
    private int lateGroups;
    private double usualTokens = 1;

    SharedPermits(String name, RateLimit limit, LongSupplier ticker) {
        this.name = name;
        this.limit = limit;
        this.ticker = ticker;
        this.flows = new RateFlows(limit);
        this.news = new RateNews(flows, ticker);
        this.nextLook = ticker.getAsLong();
    }

    @Override
    public void open(StoreTransaction transaction, long now) throws SQLException {
        transaction.openRate(name, now);
    }

    @Override
    public boolean mayBeThere() {
        return System.nanoTime() - barredUntil >= 0 && (news.isUrgent() || ticker.getAsLong() - nextLook >= 0);
    }

    @Override
    public List<Sendable> claim(StoreTransaction transaction, long now, List<String> callbacks, int room)
            throws SQLException {
        failed(); // the transaction of a claim may be made again
        if (callbacks.isEmpty() || !mayBeThere() || room == 0 && !news.isUrgent()) return List.of();
        RateRow read = transaction.rate(name);
        long tick = ticker.getAsLong(); // after it was read: what has passed since may be too little, not too much
        if (read == null) { // another process has it in its transaction
            barredUntil = System.nanoTime() + PORTION;
            return List.of();
        }
        open = true;
        first = !anchored;
        told = news.take();
        RateRow row = listened(atThisTime(read, tick, now), tick);
        List<Sendable> claimed = new ArrayList<>();
        if (room == 0) nextLook = tick;
        else if (row.held() > row.time()) nextLook = tick + row.held() - row.time();
        else row = claim(transaction, callbacks, room, row, tick, claimed);
        news.known(row);
        boolean changed = !claimed.isEmpty() || !told.equals(Heard.NOTHING) || first;
        // Also while all wait: who looks for the first time takes for lost what has passed since it was written.
        if (changed || row.time() - read.time() >= LONGEST_UNWRITTEN) transaction.rate(name, row);
        anchored = true;
        anchorTime = row.time();
        anchorTick = tick;
        claimedAt = tick;
        checked = false;
        return claimed;
    }

    /**
     * The row now. For a process that looks for the first time only the clock on the wall can tell what that is. If it went
     * wrong, nothing more may be sent for it: the limit is as much used as it was, and no more than a hold is over.
     */
    private RateRow atThisTime(RateRow row, long tick, long now) {
        if (anchored) return row.at(Math.max(row.time(), anchorTime + tick - anchorTick), now);
        long past = Math.min(LONGEST_PAST_MILLIS, Math.max(0, now - row.seen())) * 1_000_000;
        return row.at(row.time() + past, now).used(row.requests() + past, row.tokens() + past);
    }

    /** With what answers have said. */
    private RateRow listened(RateRow row, long tick) {
        if (told.equals(Heard.NOTHING)) return row;
        long held = told.heldUntil() == Long.MIN_VALUE ? 0 : row.time() + told.heldUntil() - tick;
        RateRow said = row.said(Math.max(row.held(), held), told.saidRequests(), told.saidTokens());
        Flow requests = flows.requests(said);
        Flow tokens = flows.tokens(said);
        // One is always left, for the answer that tells of more: those that say "none" may be many.
        long left = Math.max(1, told.leftRequests());
        long counted = tokens.corrected(said.tokens(), said.time(), told.moreTokens());
        return said.used(
                requests.left(said.requests(), said.time(), left),
                tokens.left(counted, said.time(), told.leftTokens()));
    }

    private RateRow claim(
            StoreTransaction transaction,
            List<String> callbacks,
            int room,
            RateRow row,
            long tick,
            List<Sendable> claimed)
            throws SQLException {
        Flow requests = flows.requests(row);
        Flow tokens = flows.tokens(row);
        int permitted = requests.room(row.requests(), row.time(), room);
        // So that few are claimed in vain: a guess, one too many rather than one too few.
        int likely = 1 + tokens.room(row.tokens(), row.time(), (int) (permitted * usualTokens)) / (int) usualTokens;
        int asked = Math.min(permitted, likely);
        long until = row.tokens();
        boolean full = false;
        for (Sendable call : asked == 0 ? List.<Sendable>of() : transaction.claimSends(callbacks, asked)) {
            long cost = tokens.isLimited() ? Math.min(tokens.mostOfOne(), Tokens.estimate(call.body())) : 0;
            long wait = tokens.wait(until, row.time(), cost);
            if (full || wait > 0) {
                if (!full) nextLook = tick + Math.max(PORTION, Math.min(LONGEST_WAIT, wait));
                full = true;
                transaction.unsent(call.claim());
                continue;
            }
            if (tokens.isLimited()) until = tokens.taken(until, row.time(), cost);
            usualTokens += (Math.max(1, cost) - usualTokens) / 8;
            claimed.add(call);
        }
        long used = claimed.isEmpty() || !requests.isLimited()
                ? row.requests()
                : requests.taken(row.requests(), row.time(), claimed.size());
        if (!full) {
            boolean noneLeft = asked > 0 && claimed.size() < asked;
            long wait = Math.max(PORTION, requests.wait(used, row.time(), 1));
            nextLook = noneLeft || asked == room ? tick : tick + wait;
        }
        return row.used(used, until);
    }

    @Override
    public void failed() {
        if (!open) return;
        news.putBack(told);
        anchored = !first; // what the first look has written is not there
        nextLook = ticker.getAsLong(); // nor is what was claimed
        committed();
    }

    @Override
    public void committed() {
        open = false;
        told = Heard.NOTHING;
    }

    @Override
    public boolean areInTime() {
        long allowed = flows.late() << Math.min(MOST_DOUBLINGS, lateGroups);
        boolean inTime = ticker.getAsLong() - claimedAt <= allowed;
        if (!checked && !inTime)
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the store of a durable worker was too slow for the burst of its " + limit
                            + ": calls wait for another turn");
        // A store that is always so slow must not hold everything up for ever.
        if (!checked) lateGroups = inTime ? 0 : lateGroups + 1;
        checked = true;
        return inTime;
    }

    @Override
    public void heard(Sendable call, Sent result, long now) {
        news.heard(call, result, now);
    }
}
