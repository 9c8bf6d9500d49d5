package dev.aikit.simulation;

import dev.aikit.internal.http.IoLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A world of real threads: places are at work at the same time, time passes by itself, ten thousand times as fast as ours, and at
 * every seam between the engine and the world a thread may stumble. The seed decides what is done, but not quite when.
 */
final class ThreadWorld extends World {
    private static final long SPEED = 10_000;
    private static final long LIMIT_SECONDS = 60;
    private static final int LONGEST_STUMBLE_NANOS = 60_000;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(ThreadWorld::daemon);
    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(ThreadWorld::daemon);

    private final long start = System.nanoTime();
    private final Phaser users = new Phaser(1);
    private final List<Place> threads = new ArrayList<>();

    ThreadWorld(long seed) {
        super(seed);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulated");
        thread.setDaemon(true);
        return thread;
    }

    /** Tasks one after the other, on whatever thread is free. */
    private final class InOrder implements Place {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private volatile Thread current;
        private boolean working;

        @Override
        public void add(Runnable task) {
            stumble();
            synchronized (tasks) {
                tasks.add(task);
                if (working) return;
                working = true;
            }
            THREADS.execute(this::work);
        }

        private void work() {
            while (true) {
                Runnable task;
                synchronized (tasks) {
                    task = tasks.poll();
                    working = task != null;
                }
                if (task == null) return;
                stumble();
                current = Thread.currentThread();
                task.run();
                current = null;
            }
        }

        @Override
        public boolean isCurrent() {
            return current == Thread.currentThread();
        }
    }

    private final class AtOnce implements Place {
        @Override
        public void add(Runnable task) {
            stumble();
            THREADS.execute(() -> {
                stumble();
                task.run();
            });
        }

        @Override
        public boolean isCurrent() {
            return false;
        }
    }

    @Override
    boolean isExact() {
        return false;
    }

    @Override
    void stumble() {
        int how = random.nextInt(20);
        if (how < 4) Thread.yield();
        else if (how == 4) LockSupport.parkNanos(random.nextInt(LONGEST_STUMBLE_NANOS));
        else if (how == 5) for (int i = random.nextInt(2_000); i > 0; i--) Thread.onSpinWait();
    }

    @Override
    Place thread() {
        Place made = new InOrder();
        threads.add(made);
        return made;
    }

    @Override
    Place pool() {
        return new AtOnce();
    }

    @Override
    IoLoop.Timer after(long delayNanos, Place place, Runnable task) {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        Runnable unlessCancelled = () -> {
            if (!cancelled.isDone()) task.run();
        };
        var timer =
                TIMER.schedule(() -> place.add(unlessCancelled), Math.max(0, delayNanos / SPEED), TimeUnit.NANOSECONDS);
        return () -> {
            cancelled.complete(null);
            timer.cancel(false);
        };
    }

    @Override
    void byUser(long delayNanos, Place place, Runnable task) {
        users.register();
        after(delayNanos, place, () -> {
            try {
                task.run();
            } finally {
                users.arriveAndDeregister();
            }
        });
    }

    /** Until the users have done what they do, and until every thread has done what it was given by then. */
    @Override
    void run() {
        try {
            users.awaitAdvanceInterruptibly(users.arrive(), LIMIT_SECONDS, TimeUnit.SECONDS);
            for (Place thread : threads) {
                CountDownLatch done = new CountDownLatch(1);
                thread.add(done::countDown);
                if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("a thread hangs");
            }
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("a function of the client does not return", late);
        }
    }

    @Override
    void await(CompletableFuture<?> end) {
        try {
            end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException never) {
            // The oracle sees that it has not ended.
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public long nanoTime() {
        return (System.nanoTime() - start) * SPEED;
    }
}
