package dev.aikit.durable;

import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.internal.threads.KeepAlive;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a worker has in hand, and what it takes next: never more than it has room for, whatever is due. It takes with each
 * group that is written, so that taking costs no commit of its own.
 */
final class Desk {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");
    private static final long LOOK_NANOS = 500_000_000L;
    private static final long TICK_NANOS = 100_000_000L;
    private static final long SENDS_NANOS = TICK_NANOS / 2;
    private static final long SOON_MILLIS = 60_000;

    /** A callback that has run for so long makes room for another one, up to a number. */
    private static final long SLOW_NANOS = 10_000_000_000L;

    private static final int MOST_SLOW = 512;
    private static final int EXPIRED_AT_ONCE = 1_000;

    private final Store store;
    private final List<String> callbacks;
    private final int mostSends;
    private final int mostDeliveries;
    private final LongSupplier clock;
    private final Permits permits;
    private final LongSupplier nanos;
    private final Probe probe;
    private final Map<Long, Claim> sending = new HashMap<>();
    private final Map<Long, Long> delivering = new HashMap<>();
    private final Map<Long, Claim> deliveringClaims = new HashMap<>();
    private Consumer<Sendable> sender = sendable -> {};
    private Consumer<Deliverable> deliverer = deliverable -> {};
    private boolean open = true;

    // The writer's own:
    private List<Sendable> newSends = List.of();
    private List<Deliverable> newDeliveries = List.of();
    private List<String> dead = List.of();

    /** Of the group that is being written: what it ends makes room for what it takes. */
    private final Set<Long> sendsEnding = new HashSet<>();

    private final Set<Long> deliveriesEnding = new HashSet<>();
    private int deliveriesBegun;
    private long looked;
    private long promoted;
    private boolean lookDue = true;
    private boolean unclear;
    private boolean released;
    private boolean ready;
    private boolean foundAll;
    private boolean timeHasCome;
    private boolean keepingAlive;
    private volatile long sendsLooked;
    private volatile long deliveriesLooked;

    Desk(
            Store store,
            List<String> callbacks,
            int mostSends,
            int mostDeliveries,
            LongSupplier clock,
            Permits permits,
            Probe probe) {
        this(store, callbacks, mostSends, mostDeliveries, clock, System::nanoTime, permits, probe);
    }

    /** With another count of the time that passes than the system's. */
    Desk(
            Store store,
            List<String> callbacks,
            int mostSends,
            int mostDeliveries,
            LongSupplier clock,
            LongSupplier nanos,
            Permits permits,
            Probe probe) {
        this.store = store;
        this.callbacks = callbacks;
        this.mostSends = mostSends;
        this.mostDeliveries = mostDeliveries;
        this.clock = clock;
        this.permits = permits;
        this.nanos = nanos;
        this.looked = nanos.getAsLong() - LOOK_NANOS;
        this.sendsLooked = looked;
        this.deliveriesLooked = looked;
        this.promoted = looked;
        this.probe = probe;
    }

    void handTo(Consumer<Sendable> sends, Consumer<Deliverable> deliveries) {
        sender = sends;
        deliverer = deliveries;
    }

    synchronized void takeNoMore() {
        open = false;
    }

    private synchronized boolean isOpen() {
        return open;
    }

    synchronized boolean isEmpty() {
        return sending.isEmpty() && delivering.isEmpty();
    }

    synchronized boolean nothingSent() {
        return sending.isEmpty();
    }

    private synchronized int roomForSends() {
        return open ? Math.max(0, mostSends - sending.size() + sendsEnding.size()) : 0;
    }

    private synchronized int roomForDeliveries() {
        if (!open) return 0;
        long now = nanos.getAsLong();
        long slow = delivering.entrySet().stream()
                .filter(each -> now - each.getValue() > SLOW_NANOS && !deliveriesEnding.contains(each.getKey()))
                .count();
        int going = delivering.size() - deliveriesEnding.size() + deliveriesBegun;
        return (int) Math.max(0, mostDeliveries + Math.min(slow, MOST_SLOW) - going);
    }

    /** A transaction begins, maybe not for the first time. */
    void begin() {
        sendsEnding.clear();
        deliveriesEnding.clear();
        deliveriesBegun = 0;
    }

    /** Within a transaction: what is in hand under that claim ends with it. */
    synchronized void ends(Claim claim) {
        if (claim.equals(sending.get(claim.id()))) sendsEnding.add(claim.id());
        if (claim.equals(deliveringClaims.get(claim.id()))) deliveriesEnding.add(claim.id());
    }

    /** Within a transaction: room for the callback of a call that is answered, if there is any; it need not be claimed again. */
    boolean reserve() {
        if (roomForDeliveries() == 0) return false;
        deliveriesBegun++;
        return true;
    }

    /** The callback of a call that was being sent is to run; or, without room, waits in the store until there is some. */
    synchronized void answered(Claim claim, boolean deliver) {
        if (deliver) deliver(claim);
        else deliveriesLooked = nanos.getAsLong() - TICK_NANOS;
    }

    private void deliver(Claim claim) {
        delivering.put(claim.id(), nanos.getAsLong());
        deliveringClaims.put(claim.id(), claim);
    }

    /** The send is over. */
    synchronized void sent(Claim claim) {
        sending.remove(claim.id(), claim);
    }

    /** The callback is over, or will not be. */
    synchronized void delivered(Claim claim) {
        if (deliveringClaims.remove(claim.id(), claim)) delivering.remove(claim.id());
    }

    private synchronized List<Claim> inHand() {
        List<Claim> known = new ArrayList<>(sending.values());
        known.addAll(deliveringClaims.values());
        return known;
    }

    /** Whether a transaction is worth while though nobody wants to write: something is due, or an owner is dead. */
    boolean wantsTurn() {
        return ready && (maySend() || mayDeliver()) || lookDue || !dead.isEmpty() || unclear;
    }

    /** What is ready may all be claimed by others, in transactions that go on: then there is no use in asking at once. */
    private boolean maySend() {
        boolean mayBeFree = timeHasCome || nanos.getAsLong() - sendsLooked >= SENDS_NANOS;
        return mayBeFree && roomForSends() > 0 && permits.mayBeThere();
    }

    /** What is ready may all be waiting to be sent: then there is nothing to deliver, and no use in asking at once. */
    private boolean mayDeliver() {
        return roomForDeliveries() > 0 && nanos.getAsLong() - deliveriesLooked >= TICK_NANOS;
    }

    /** Outside of transactions: what is there to do? */
    void look() {
        try {
            if (nanos.getAsLong() - looked >= LOOK_NANOS) {
                looked = nanos.getAsLong();
                lookDue = true;
                dead = store.deadOwners();
            }
            if (ready && foundAll)
                return; // as much as there was room for was there: what else is, the next claim tells
            long due = callbacks.isEmpty()
                    ? Long.MAX_VALUE
                    : store.nextDue(callbacks, roomForDeliveries() > 0, clock.getAsLong());
            ready = due <= clock.getAsLong();
            timeHasCome = ready && due > 0;
            keepAlive(!isEmpty() || due - SOON_MILLIS <= clock.getAsLong());
        } catch (DurableStoreException trouble) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the store of a durable worker could not be read: " + trouble.getMessage());
        }
    }

    /** Something was written: there may be work, until the next look says that there is none. */
    void stayAwake() {
        if (!callbacks.isEmpty()) keepAlive(true);
    }

    /** The writer has ended. */
    void close() {
        keepAlive(false);
    }

    /** Pending callbacks keep the program alive: those in hand, and those that are due now or within a minute. */
    private void keepAlive(boolean wanted) {
        if (wanted && !keepingAlive) KeepAlive.INSTANCE.acquire();
        if (!wanted && keepingAlive) KeepAlive.INSTANCE.release();
        keepingAlive = wanted;
    }

    void apply(StoreTransaction transaction, long now) throws SQLException {
        released = unclear;
        int back = unclear ? transaction.releaseUnknown(inHand()) : 0;
        for (String owner : dead) {
            int taken = transaction.takeOver(owner);
            back += taken;
            if (taken > 0)
                LOG.log(System.Logger.Level.INFO, "took over " + taken + " calls of a worker whose process has ended");
        }
        if (lookDue || timeHasCome || ready && nanos.getAsLong() - promoted >= TICK_NANOS) {
            back += transaction.promote(now);
            promoted = nanos.getAsLong();
            timeHasCome = false;
        }
        if (lookDue) {
            // Not at its end, when its own callbacks are registered no more: the next worker says which are missing.
            List<String> parked = callbacks.isEmpty() || !isOpen() ? List.of() : transaction.park();
            if (!parked.isEmpty())
                LOG.log(
                        System.Logger.Level.WARNING,
                        parked.size() + " calls are parked: no worker has registered the callback " + parked.get(0));
            transaction.expire(now, EXPIRED_AT_ONCE);
        }
        if (back > 0) deliveriesLooked = nanos.getAsLong() - TICK_NANOS; // there may be some to deliver
        int deliveries = callbacks.isEmpty() || !mayDeliver() ? 0 : roomForDeliveries();
        newDeliveries = deliveries == 0 ? List.of() : transaction.claimDeliveries(callbacks, deliveries);
        if (newDeliveries.size() < deliveries) deliveriesLooked = nanos.getAsLong();
        int sends = roomForSends();
        newSends = permits.claim(transaction, now, callbacks, sends);
        sendsLooked = nanos.getAsLong() - (sends > 0 && newSends.isEmpty() ? 0 : SENDS_NANOS);
        foundAll = sends > 0 && newSends.size() == sends;
    }

    void beforeCommit() {
        for (int i = 0; i < newSends.size(); i++) probe.at(Probe.Point.CLAIM_BEFORE_COMMIT);
    }

    /**
     * On the writer's thread: the tables may say of something else that it is in hand. What was released with the group that
     * is just committed does not count: this was in hand then.
     */
    void lookAgain() {
        unclear = true;
        released = false;
    }

    /** The transaction failed: what it claimed may be claimed all the same. */
    void failed() {
        unclear = true;
        foundAll = false;
        begin();
        permits.failed();
        newSends = List.of();
        newDeliveries = List.of();
    }

    void committed() {
        begin();
        if (released) unclear = false;
        permits.committed();
        lookDue = false;
        dead.forEach(store::forget);
        dead = List.of();
        List<Sendable> sends = newSends;
        List<Deliverable> deliveries = newDeliveries;
        newSends = List.of();
        newDeliveries = List.of();
        synchronized (this) {
            for (Sendable each : sends) sending.put(each.claim().id(), each.claim());
            for (Deliverable each : deliveries) deliver(each.claim());
        }
        for (int i = 0; i < sends.size(); i++) probe.at(Probe.Point.CLAIM_AFTER_COMMIT);
        deliveries.forEach(deliverer);
        sends.forEach(sender);
    }
}
