package dev.aikit.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it. The client's deadlines and its waits between attempts follow it:
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL()).clock(clock, clock::schedule));
 * }</pre>
 *
 * <p>What falls due has run on the client's thread before {@link #advance} returns. The limit for connecting does not follow
 * this clock, since the network keeps it.
 */
public final class ManualClock implements InstantSource {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private final Set<Executor> threads = new HashSet<>();
    private long nanos;

    /** A clock that shows the beginning of the year 2030, in UTC. */
    public ManualClock() {}

    @Override
    public synchronized Instant instant() {
        return START.plusNanos(nanos);
    }

    /** Has a task run on that thread when this clock has been moved on by the delay; the client calls this. */
    public synchronized Future<?> schedule(Executor thread, Runnable work, Duration delay) {
        threads.add(thread);
        long delayNanos = delay.toNanos();
        Task task = new Task(thread, work, delayNanos > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + delayNanos);
        if (task.due <= nanos) {
            thread.execute(task);
        } else {
            tasks.add(task);
            notifyAll();
        }
        return task;
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    /** Moves it on between two tasks of each thread, and has done on the threads what falls due. */
    public void advance(Duration by) {
        settle();
        synchronized (this) {
            long now = nanos + by.toNanos();
            nanos = now;
            List<Task> due = new ArrayList<>(tasks);
            due.removeIf(task -> task.due > now);
            due.sort((one, other) -> Long.compare(one.due, other.due));
            tasks.removeAll(due);
            for (Task task : due) task.hand();
        }
        settle();
    }

    /** Waits until each thread has done what it was given so far: a task that it is in has read the clock once. */
    private void settle() {
        List<Executor> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        for (Executor thread : all) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            try {
                thread.execute(() -> done.complete(null));
            } catch (RejectedExecutionException clientClosed) {
                continue;
            }
            ScriptedServer.await(done, "a thread did not get to its next task");
        }
    }

    /** Waits until something is scheduled that falls due within that time from now on. */
    public synchronized void awaitTaskWithin(Duration limit) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        try {
            while (!hasTaskWithin(limit)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (millis <= 0) throw new AssertionError("nothing was scheduled to happen within " + limit);
                wait(millis);
            }
        } catch (InterruptedException interrupt) {
            throw new AssertionError("interrupted while waiting for something to be scheduled", interrupt);
        }
    }

    /** Whether something is scheduled that falls due within that time from now on. */
    public synchronized boolean hasTaskWithin(Duration limit) {
        long now = nanos;
        return tasks.stream().anyMatch(task -> task.due - now <= limit.toNanos());
    }

    private final class Task extends CompletableFuture<Void> implements Runnable {
        private final Executor thread;
        private final Runnable work;
        private final long due;

        private Task(Executor thread, Runnable work, long due) {
            this.thread = thread;
            this.work = work;
            this.due = due;
        }

        void hand() {
            try {
                thread.execute(this);
            } catch (RejectedExecutionException clientClosed) {
                // Its timers ended with it.
            }
        }

        @Override
        public void run() {
            if (isDone()) return;
            work.run();
            complete(null);
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            remove(this);
            return super.cancel(mayInterrupt);
        }
    }
}
