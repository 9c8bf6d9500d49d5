package dev.aikit.internal.threads;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few threads for short tasks, more when they block: while tasks wait and none has been begun for a moment, a watching
 * thread adds another. So thousands of quick callbacks share a handful of threads, and a callback that blocks for a minute
 * holds up no other for longer than that moment. Idle threads end.
 */
final class ElasticPool implements Executor {
    /** As many as can usefully run at once, and one more, so that a first blocked one costs nothing. */
    private static final int USUAL_THREADS = Runtime.getRuntime().availableProcessors() + 1;

    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ThreadFactory factory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition waiting = lock.newCondition();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int threads;
    private int idle;
    private long begun;
    private boolean watched;

    ElasticPool(ThreadFactory factory) {
        this.factory = factory;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            if (idle >= tasks.size()) {
                work.signal();
            } else if (threads < USUAL_THREADS) {
                addThread();
            } else {
                work.signal();
                watch();
            }
        } finally {
            lock.unlock();
        }
    }

    private void addThread() {
        Thread thread = factory.newThread(this::work);
        threads++;
        try {
            thread.start();
        } catch (Throwable noMoreThreads) {
            threads--;
            // The task is in the queue: the threads that there are will come to it.
            if (threads == 0) throw noMoreThreads;
        }
    }

    /** Twice as many, so that a thousand that block at once do not take a thousand moments. */
    private void addSome() {
        for (int more = Math.min(tasks.size(), threads); more > 0; more--) addThread();
    }

    private void watch() {
        if (watched) {
            waiting.signal();
            return;
        }
        Thread watch = factory.newThread(this::addThreadsWhenStalled);
        try {
            watch.start();
            watched = true;
        } catch (OutOfMemoryError noMoreThreads) {
            // The threads that there are will come to the task, and the next one tries again.
        }
    }

    private void work() {
        boolean finished = false;
        try {
            for (Runnable task = next(); task != null; task = next()) task.run();
            finished = true;
        } finally {
            if (!finished) replace();
        }
    }

    /** A task threw: the thread ends with it, through its uncaught-exception handler. */
    private void replace() {
        lock.lock();
        try {
            threads--;
            if (!tasks.isEmpty()) addThread();
        } finally {
            lock.unlock();
        }
    }

    private @org.jspecify.annotations.Nullable Runnable next() {
        lock.lock();
        try {
            long nanos = IDLE_NANOS;
            while (tasks.isEmpty()) {
                if (nanos <= 0) {
                    threads--;
                    return null;
                }
                idle++;
                try {
                    nanos = work.awaitNanos(nanos);
                } catch (InterruptedException leftByACallback) {
                    // Interrupts are meant for callbacks, and this one has returned.
                } finally {
                    idle--;
                }
            }
            begun++;
            Thread.interrupted(); // what one callback does to its thread is nothing to the next
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }

    private void addThreadsWhenStalled() {
        lock.lock();
        try {
            while (true) {
                long before = begun;
                long nanos = STALL_NANOS;
                while (nanos > 0) nanos = waiting.awaitNanos(nanos);
                if (!tasks.isEmpty()) {
                    if (begun == before) addSome();
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
}
