package dev.aikit.internal.threads;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands items over to an executor: in order, never two at a time, several in one go. If the executor refuses, or drops
 * what it accepted, the items are handed over on other threads: none is lost.
 *
 * @param <E> the items
 */
public final class SerialQueue<E> {
    /** Callbacks: so that one busy stream shares its worker or form with others. */
    private static final int MOST_IN_ONE_GO = 64;

    // Not objects of their own: a call has one queue, and a program has thousands of calls.
    @SuppressWarnings("rawtypes") // a class has no type parameters
    private static final AtomicIntegerFieldUpdater<SerialQueue> SCHEDULED =
            AtomicIntegerFieldUpdater.newUpdater(SerialQueue.class, "scheduled");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<SerialQueue> RUNNING =
            AtomicIntegerFieldUpdater.newUpdater(SerialQueue.class, "running");

    private final Executor target;
    private final Executor fallback;
    private final Consumer<? super E> consumer;
    private final ToIntFunction<? super E> weight;
    private final BiConsumer<String, @Nullable Throwable> report;
    private final Incoming<E> added = new Incoming<>();
    private volatile int scheduled;
    private volatile int running;
    /** Those that were taken and had no more room in one go, the first first; of the thread that has set {@link #running}. */
    private volatile Incoming.@Nullable Item<E> rest;

    private volatile @Nullable Thread waiter;

    /**
     * A queue for one consumer.
     *
     * @param consumer must not throw
     * @param weight how many callbacks an item stands for
     * @param report hears of an executor that refuses or drops
     */
    public SerialQueue(
            Executor target,
            Executor fallback,
            Consumer<? super E> consumer,
            ToIntFunction<? super E> weight,
            BiConsumer<String, @Nullable Throwable> report) {
        this.target = target;
        this.fallback = fallback;
        this.consumer = consumer;
        this.weight = weight;
        this.report = report;
    }

    /** Adds an item; from any thread. */
    public void add(E item) {
        added.add(item);
        wake();
        schedule();
    }

    /** Wakes the thread that is in {@link #runUntil}, if one is. */
    public void wake() {
        LockSupport.unpark(waiter);
    }

    /**
     * Hands items over on the calling thread as they come, until the condition holds or the time is over. Whoever makes
     * the condition true calls {@link #wake()}.
     *
     * @param deadline by {@link System#nanoTime()}
     */
    public void runUntil(BooleanSupplier condition, long deadline) throws InterruptedException {
        Thread outer = waiter;
        waiter = Thread.currentThread();
        try {
            while (true) {
                run();
                long left = deadline - System.nanoTime();
                if (condition.getAsBoolean() || left <= 0) return;
                if (Thread.interrupted()) throw new InterruptedException();
                LockSupport.parkNanos(this, left);
            }
        } finally {
            waiter = outer;
        }
    }

    /** What was scheduled: from now on more can be. Not so {@link #runUntil}, which may keep it from beginning. */
    private void begin() {
        scheduled = 0;
        run();
    }

    private void run() {
        int done = 0;
        do {
            if (!RUNNING.compareAndSet(this, 0, 1)) return;
            try {
                done = handOver(done);
            } finally {
                running = 0;
            }
            // Looked at again after letting go: who added meanwhile may have found this thread still at it.
        } while (!isEmpty() && done < MOST_IN_ONE_GO);
        if (!isEmpty()) {
            wake();
            schedule();
        }
    }

    private boolean isEmpty() {
        return rest == null && added.isEmpty();
    }

    /** Returns how many callbacks were done. */
    private int handOver(int before) {
        int done = before;
        Incoming.Item<E> next = rest;
        if (next != null) rest = null;
        try {
            while (done < MOST_IN_ONE_GO) {
                if (next == null) next = added.takeAll();
                if (next == null) return done;
                E item = next.value;
                next = next.next;
                consumer.accept(item);
                done += weight.applyAsInt(item);
            }
            return done;
        } finally {
            if (next != null) rest = next;
        }
    }

    private void schedule() {
        if (!SCHEDULED.compareAndSet(this, 0, 1) || target instanceof WaitingThread) return;
        try {
            if (target == fallback) target.execute(this::begin);
            else if (target instanceof ExecutorService) fallback.execute(this::hand); // a full one may block who gives
            else hand();
        } catch (Throwable noThreads) {
            refused(noThreads);
        }
    }

    private void hand() {
        try {
            RoundThread.runForeign(() -> HandOver.of(this::begin, target, this::dropped));
        } catch (Throwable refused) {
            refused(refused);
        }
    }

    private void refused(Throwable why) {
        report.accept("the executor for the callbacks refused: they run on another thread", why);
        runElsewhere();
    }

    private void dropped() {
        report.accept("the executor for the callbacks dropped them: they run on another thread", null);
        runElsewhere();
    }

    private void runElsewhere() {
        try {
            fallback.execute(this::begin);
        } catch (Throwable noThreads) {
            begin();
        }
    }
}
