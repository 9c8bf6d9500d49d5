package dev.aikit.testing;

import dev.aikit.internal.call.Clock;
import dev.aikit.internal.http.IoLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A clock that stands still until a test moves it. What falls due runs on the loop that it was scheduled on before
 * {@link #advance} returns. The transport's own limit, that for connecting, does not follow it.
 */
public final class ManualClock implements Clock {
    private final Instant start = Instant.parse("2030-01-01T00:00:00Z");
    private final List<Task> tasks = new ArrayList<>();
    private final Set<IoLoop> loops = new HashSet<>();
    private long nanos;

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized IoLoop.Timer schedule(IoLoop loop, Runnable work, long delayNanos) {
        loops.add(loop);
        Task task = new Task(loop, work, delayNanos > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + delayNanos);
        if (task.due <= nanos) {
            loop.execute(work);
        } else {
            tasks.add(task);
            notifyAll();
        }
        return () -> remove(task);
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    /** Moves it on between two tasks of each loop, and has done on the loops what falls due. */
    public void advance(Duration by) {
        settle();
        synchronized (this) {
            nanos += by.toNanos();
            List<Task> due = new ArrayList<>(tasks);
            due.removeIf(task -> task.due > nanos);
            due.sort((one, other) -> Long.compare(one.due, other.due));
            tasks.removeAll(due);
            for (Task task : due) task.run();
        }
        settle();
    }

    /** Waits until each loop has done what it was given so far: a task that it is in has read the clock once. */
    private void settle() {
        List<IoLoop> all;
        synchronized (this) {
            all = List.copyOf(loops);
        }
        for (IoLoop loop : all) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            try {
                loop.execute(() -> done.complete(null));
            } catch (RejectedExecutionException clientClosed) {
                continue;
            }
            ScriptedServer.await(done, "a loop did not get to its next task");
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
        return tasks.stream().anyMatch(task -> task.due - nanos <= limit.toNanos());
    }

    private record Task(IoLoop loop, Runnable work, long due) {
        void run() {
            try {
                loop.execute(work);
            } catch (RejectedExecutionException clientClosed) {
                // Its timers ended with it.
            }
        }
    }
}
