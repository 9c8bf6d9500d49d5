package dev.aikit.local.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one model and the bounded queue before them: a model that is busy keeps no other model waiting. */
public final class Lane {
    private static final long LONGEST_STEP_SECONDS = 10;

    private final String model;
    private final ThreadPoolExecutor threads;

    public Lane(String model, int threadCount, int waiting) {
        this.model = model;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                threadCount, threadCount, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, "aikit-local-" + model + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the work on a thread of this lane, later if all are busy.
     *
     * @return what cancels it: it leaves the queue, or its thread is interrupted
     * @throws ApiError if the queue is full
     */
    public Runnable submit(Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            if (threads.isShutdown()) throw ApiError.closing();
            throw ApiError.busy(model + " has " + waiting() + " requests waiting: try again later");
        }
        return () -> {
            task.cancel(true);
            threads.remove(task);
        };
    }

    /** How many pieces of work wait for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /**
     * Interrupts what runs and waits for it.
     *
     * @return whether all of it has ended, so that the model can be closed
     */
    public boolean stop() {
        threads.shutdownNow();
        try {
            return threads.awaitTermination(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
