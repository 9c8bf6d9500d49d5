package dev.aikit.internal.threads;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for short tasks, more when they block: while tasks wait and none has been begun for a moment, a watching
 * thread adds another. So thousands of quick callbacks share a handful of threads, and a callback that blocks for a minute
 * holds up no other for longer than that moment; or than a quarter of a second, where it looks like one that waits for a
 * processor. The thread that was idle last is the first to work again, so those that are needed no more stay idle, and end.
 */
final class ElasticPool implements Executor {
    /** As many as can usefully run at once, and one more, so that a first blocked one costs nothing. */
    private static final int USUAL_THREADS = Runtime.getRuntime().availableProcessors() + 1;

    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A watcher that wakes so late has found the processors busy: so do the threads, which need not be blocked. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** After so many looks at a stand the threads are taken for blocked though they seem to wait for a processor only. */
    private static final int MOST_DOUBTS = 10;

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ThreadFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition waiting = lock.newCondition();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    /** Their threads park; the last one to come is the first to go. */
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    /** All, whether idle or not. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    /** Those that are not idle. */
    private int working;

    /** Whether one was called that has taken no task yet; it calls the next if there are more. */
    private boolean coming;

    private long begun;
    private boolean watched;

    ElasticPool(ThreadFactory factory) {
        this.factory = factory;
    }

    private static final class Idle {
        final Thread thread = Thread.currentThread();
        volatile boolean called;
    }

    @Override
    public void execute(Runnable task) {
        Idle called = null;
        boolean later = RoundThread.wakesLater(this);
        lock.lock();
        try {
            tasks.add(task);
            if (!later) called = callForTask();
        } finally {
            lock.unlock();
        }
        wake(called);
    }

    /** Has a thread come for the tasks that were added without calling one; if there can be none, they are run here. */
    void callForTasks() {
        for (Runnable own = calledOrOwn(); own != null; own = calledOrOwn()) {
            try {
                own.run();
            } catch (Throwable thrown) {
                Uncaught.report(thrown);
            }
        }
    }

    private @Nullable Runnable calledOrOwn() {
        Idle called = null;
        lock.lock();
        try {
            if (!tasks.isEmpty()) called = callForTask();
        } catch (Throwable noThreadAtAll) {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
        wake(called);
        return null;
    }

    private @Nullable Idle callForTask() {
        if (working < USUAL_THREADS && !coming) return callOrAdd();
        watch();
        return null;
    }

    /** Not under the lock: it would wait for it at once. */
    private static void wake(@Nullable Idle called) {
        if (called != null) LockSupport.unpark(called.thread);
    }

    /** One more thread works: one that was idle, which is still to be woken, or else a new one. */
    private @Nullable Idle callOrAdd() {
        working++;
        coming = true;
        Idle called = idle.pollLast();
        if (called != null) {
            called.called = true;
            return called;
        }
        try {
            factory.newThread(this::work).start();
        } catch (Throwable noMoreThreads) {
            working--;
            coming = false;
            // The task is in the queue: the threads that there are will come to it.
            if (working == 0) throw noMoreThreads;
        }
        return null;
    }

    private void watch() {
        if (watched) {
            waiting.signal();
            return;
        }
        try {
            factory.newThread(this::addThreadsWhenStalled).start();
            watched = true;
        } catch (Throwable noMoreThreads) {
            // The threads that there are will come to the task, and the next one tries again.
        }
    }

    private void work() {
        boolean finished = false;
        threads.add(Thread.currentThread());
        try {
            for (Runnable task = next(true); task != null; task = next(false)) task.run();
            finished = true;
        } finally {
            threads.remove(Thread.currentThread());
            if (!finished) replace();
        }
    }

    /** A task threw: the thread ends with it, through its uncaught-exception handler. */
    private void replace() {
        Idle called = null;
        lock.lock();
        try {
            working--;
            if (!tasks.isEmpty()) called = callOrAdd();
        } finally {
            lock.unlock();
        }
        wake(called);
    }

    /** @param called whether the thread was called, and has taken no task since */
    private @Nullable Runnable next(boolean called) {
        Idle self = null;
        long end = 0;
        while (true) {
            Idle more = null;
            lock.lock();
            try {
                if (self == null || self.called) {
                    Runnable task = tasks.poll();
                    if (called || self != null) coming = false;
                    if (task != null) {
                        begun++;
                        if ((called || self != null) && !tasks.isEmpty()) more = callForTask();
                        Thread.interrupted(); // what one callback does to its thread is nothing to the next
                        return task;
                    }
                    self = new Idle();
                    end = System.nanoTime() + IDLE_NANOS;
                    working--;
                    idle.addLast(self);
                } else if (end - System.nanoTime() <= 0) {
                    idle.remove(self);
                    return null;
                }
            } finally {
                lock.unlock();
                wake(more);
            }
            Idle parked = self;
            long left = end - System.nanoTime();
            while (!parked.called && left > 0) {
                LockSupport.parkNanos(this, left);
                Thread.interrupted(); // meant for a callback, and it has returned
                left = end - System.nanoTime();
            }
        }
    }

    private void addThreadsWhenStalled() {
        int doubts = 0;
        lock.lock();
        try {
            while (true) {
                long before = begun;
                long nanos = STALL_NANOS;
                while (nanos > 0) nanos = waiting.awaitNanos(nanos);
                if (!tasks.isEmpty()) {
                    if (begun != before) doubts = 0;
                    else if (doubts < MOST_DOUBTS && (-nanos > LATE_NANOS || oneCouldRun())) doubts++;
                    else addSome();
                } else if (!waiting.await(IDLE_NANOS, TimeUnit.NANOSECONDS) && tasks.isEmpty()) {
                    watched = false;
                    return;
                }
            }
        } catch (InterruptedException nobodyInterruptsIt) {
            watched = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one runs or waits for a processor; or for the network, which looks the same. */
    private boolean oneCouldRun() {
        for (Thread each : threads) if (each.getState() == Thread.State.RUNNABLE) return true;
        return false;
    }

    /** Twice as many, so that a thousand that block at once do not take a thousand moments. */
    private void addSome() {
        try {
            for (int more = Math.min(tasks.size(), Math.max(1, working)); more > 0; more--) wake(callOrAdd());
        } catch (Throwable noThreadAtAll) {
            // Tried again after the next moment: who watches stays.
        }
    }
}
