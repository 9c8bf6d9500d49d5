package dev.aikit.internal.threads;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A task in the hands of an executor that nobody here knows: it may drop the task without a word, as a discarding pool does, a
 * pool that is shut down at once, or a toolkit that has ended. It is noticed when the pool has terminated, or else when
 * the task has become garbage.
 */
final class HandOver {
    private static final Set<HandOver> TO_POOLS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static @Nullable Cleaner cleaner;

    private final Executor target;
    private final Runnable ifDropped;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Cleaner.@Nullable Cleanable garbage;

    private HandOver(Executor target, Runnable ifDropped) {
        this.target = target;
        this.ifDropped = ifDropped;
    }

    /**
     * Hands a task over. Exactly one of three things happens: the task runs, or {@code ifDropped} does, or this throws what
     * the executor threw.
     */
    static void of(Runnable work, Executor target, Runnable ifDropped) {
        HandOver state = new HandOver(target, ifDropped);
        OPEN.incrementAndGet();
        Runnable task = new Runnable() { // not a lambda: each needs an identity of its own
                    @Override
                    public void run() {
                        if (state.begin()) work.run();
                    }
                };
        // Before, for a pool that is full may block who gives, and may end meanwhile.
        if (target instanceof ExecutorService) TO_POOLS.add(state);
        try {
            target.execute(task);
        } catch (Throwable refused) {
            // Unless it ran the task in place, and that is what threw.
            if (state.begin()) throw refused;
        }
        // Most that run it in place have done so by now.
        if (!state.begun.get()) state.watch(task);
    }

    /** Not made with the class: its thread may be one too many, and the class would be lost for good. */
    private static synchronized Cleaner cleaner() {
        Cleaner made = cleaner;
        return made != null ? made : (cleaner = Cleaner.create());
    }

    private void watch(Runnable task) {
        try {
            garbage = cleaner().register(task, this::dropped);
        } catch (OutOfMemoryError noMoreThreads) {
            return; // not watched; the next one may be
        }
        if (begun.get()) forget(); // meanwhile, and it may not have seen that it is watched
    }

    /** Or all of the call would stay until the next collection. */
    private void forget() {
        if (target instanceof ExecutorService) TO_POOLS.remove(this);
        Cleaner.Cleanable watched = garbage;
        if (watched != null) watched.clean();
    }

    /** Looks after the pools; called now and then while callbacks are owed. */
    static void look() {
        for (HandOver open : TO_POOLS) if (open.hasEnded()) open.dropped();
    }

    private boolean hasEnded() {
        try {
            return target instanceof ExecutorService pool && pool.isTerminated();
        } catch (RuntimeException managed) {
            // A pool of a server (ManagedExecutorService) does not let itself be asked.
            TO_POOLS.remove(this);
            return false;
        }
    }

    /** Whether something was handed over that has not begun. */
    static boolean anyOpen() {
        return OPEN.get() > 0;
    }

    private boolean begin() {
        if (!begun.compareAndSet(false, true)) return false;
        OPEN.decrementAndGet();
        forget();
        return true;
    }

    private void dropped() {
        if (begin()) ifDropped.run();
    }
}
