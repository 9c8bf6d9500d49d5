package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one thread of a worker that writes to its store: what comes while a commit is under way is in the next one, together.
 * A transaction that fails is made again, change by change, with growing waits: the disk may have room again.
 */
final class Writer {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");
    private static final int LARGEST_GROUP = 1_000;
    private static final long TICK_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final int MOST_FAILURES_AT_THE_END = 5;

    /** Does nothing but wake the writer. */
    private static final Change NOTHING = new Change(null) {
        @Override
        void apply(dev.aikit.durable.internal.StoreTransaction transaction, long now) {}
    };

    private final Store store;
    private final Desk desk;
    private final Probe probe;
    private final LongSupplier clock;
    private final LinkedBlockingQueue<Change> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(null, this::run, "aikit-durable-writer", 0, false);
    private final List<Change> group = new ArrayList<>();
    private int largest = LARGEST_GROUP;
    private int failures;
    private volatile boolean ending;
    private volatile boolean ended;

    Writer(Store store, Desk desk, Probe probe, LongSupplier clock) {
        this.store = store;
        this.desk = desk;
        this.probe = probe;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has it written. Does not wait. */
    void add(Change change) {
        queue.add(change);
        if (ended) queue.removeIf(late -> late.failed(new IllegalStateException("the worker is closed")));
    }

    /** Waits for what was added, until it is written or will not be. */
    static <V> V await(CompletableFuture<V> written) {
        try {
            return written.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new DurableStoreException("interrupted while the store was being written; it may be kept", interrupt);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException said) throw said;
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Looks for work now. */
    void wake() {
        if (queue.isEmpty()) queue.add(NOTHING);
    }

    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    boolean isIdle() {
        return queue.isEmpty();
    }

    /** Writes what is waiting, and ends; after that time in any case. */
    void end(Duration patience) throws InterruptedException {
        ending = true;
        wake();
        thread.join(Math.max(1, patience.toMillis()));
    }

    private void run() {
        try {
            while (!(ending && isIdle() && group.isEmpty())) {
                await();
                long wait = step();
                if (wait > 0) Thread.sleep(wait);
            }
        } catch (InterruptedException nobodyDoesThis) {
            LOG.log(System.Logger.Level.ERROR, "the writer of a durable worker was interrupted", nobodyDoesThis);
        } finally {
            ended = true;
            IllegalStateException closed = new IllegalStateException("the worker is closed");
            for (Change left = queue.poll(); left != null; left = queue.poll()) left.failed(closed);
        }
    }

    private void await() throws InterruptedException {
        if (!group.isEmpty() || ending || desk.wantsTurn()) return;
        Change first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) group.add(first);
    }

    /**
     * Writes one group of what waits, and looks what is due next.
     *
     * @return how long to wait before the next group, in milliseconds: after a failure, else 0
     */
    long step() {
        if (failures > 0) guarded(desk::look); // before the wait it had come too early
        fill();
        long wait = turn();
        if (failures == 0) guarded(desk::look);
        return wait;
    }

    private void fill() {
        if (largest == LARGEST_GROUP) {
            queue.drainTo(group, Math.max(0, largest - group.size()));
        } else {
            queue.drainTo(group);
            group.sort(Comparator.comparing(change -> !change.isAwaited())); // whoever waits is told first
        }
    }

    private long turn() {
        List<Change> now = new ArrayList<>(group.subList(0, Math.min(largest, group.size())));
        now.sort(Comparator.comparing(Change::order));
        try {
            if (!now.isEmpty() || desk.wantsTurn())
                store.write(transaction -> {
                    long time = clock.getAsLong();
                    desk.begin();
                    for (Change change : now) change.apply(transaction, time);
                    desk.apply(transaction, time);
                    for (Change change : now) at(change);
                    desk.beforeCommit();
                });
        } catch (Throwable trouble) {
            return failed(now, trouble);
        }
        group.subList(0, now.size()).clear();
        if (failures > 0) LOG.log(System.Logger.Level.INFO, "the store of a durable worker can be written again");
        failures = 0;
        largest = Math.min(LARGEST_GROUP, largest * 2);
        if (!now.isEmpty()) desk.stayAwake(); // before somebody hears of it whose main then returns
        for (Change change : now) guarded(change::committed);
        guarded(desk::committed);
        return 0;
    }

    private void at(Change change) {
        Probe.Point point = change.beforeCommit();
        if (point != null) probe.at(point);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable defect) {
            LOG.log(System.Logger.Level.ERROR, "a defect in the durable worker", defect);
        }
    }

    private long failed(List<Change> now, Throwable trouble) {
        failures++;
        LOG.log(
                failures == 1 ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
                "the store of a durable worker could not be written (" + now.size() + " changes, failure " + failures
                        + "): " + trouble,
                failures == 1 ? trouble : null);
        desk.failed();
        largest = 1; // one of them may be what fails each time
        if (now.size() > 1) return 0;
        for (Change alone : now) {
            group.remove(alone);
            if (alone.isAwaited()) {
                // It is the store: nobody is to wait for as long as that lasts.
                queue.drainTo(group);
                alone.failed(trouble);
                group.removeIf(change -> change.isAwaited() && change.failed(trouble));
            } else {
                alone.failed(trouble);
                group.add(alone);
            }
        }
        if (ending && failures > MOST_FAILURES_AT_THE_END) {
            group.clear();
            return 0;
        }
        return Math.min(LONGEST_WAIT_MILLIS, 10L << Math.min(12, failures));
    }
}
