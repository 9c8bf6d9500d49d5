package dev.aikit.simulation;

import dev.aikit.internal.call.Clock;
import dev.aikit.internal.http.IoLoop;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads, time and chance, all out of one seed: a single real thread runs the tasks of every place, in an order that chance
 * decides, and time passes only between tasks.
 */
class World implements Clock {
    private static final int MOST_STEPS = 200_000;
    private static final long LONGEST_LAG = TimeUnit.MILLISECONDS.toNanos(30);
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final Random random;
    private final List<Turns> places = new ArrayList<>();
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private @Nullable Turns current;
    private long nanos;
    private long sequence;

    World(long seed) {
        random = new Random(seed);
    }

    private final class Turns implements Place {
        private final boolean inOrder;
        private final Deque<Runnable> tasks = new ArrayDeque<>();

        private Turns(boolean inOrder) {
            this.inOrder = inOrder;
        }

        @Override
        public void add(Runnable task) {
            tasks.addLast(task);
        }

        @Override
        public boolean isCurrent() {
            return current == this;
        }

        private void runOne() {
            Runnable task = tasks.removeFirst();
            for (int skip = inOrder ? 0 : random.nextInt(tasks.size() + 1); skip > 0; skip--) {
                tasks.addLast(task);
                task = tasks.removeFirst();
            }
            current = this;
            task.run();
            current = null;
        }
    }

    private final class Due implements Comparable<Due> {
        private final long at;
        private final long number = ++sequence;
        private final Place place;
        private final Runnable task;
        private boolean cancelled;

        private Due(long at, Place place, Runnable task) {
            this.at = at;
            this.place = place;
            this.task = task;
        }

        private void run() {
            if (!cancelled) task.run();
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Place thread() {
        return place(true);
    }

    Place pool() {
        return place(false);
    }

    private Place place(boolean inOrder) {
        Turns made = new Turns(inOrder);
        places.add(made);
        return made;
    }

    /** Gives a task to a place after some time. */
    IoLoop.Timer after(long delayNanos, Place place, Runnable task) {
        Due due = new Due(Math.max(nanos, nanos + delayNanos), place, task);
        dues.add(due);
        return () -> due.cancelled = true;
    }

    /** The same for what a user does, which is waited for. */
    void byUser(long delayNanos, Place place, Runnable task) {
        after(delayNanos, place, task);
    }

    /** Whether nothing happens between two things that happen one right after the other. */
    boolean isExact() {
        return true;
    }

    /** Called wherever the engine meets the world. */
    void stumble() {}

    /** Until a call has ended, if it has to be waited for. */
    void await(CompletableFuture<?> end) {}

    /** Goes on until nothing is left to be done. */
    void run() {
        for (int step = 0; step < MOST_STEPS; step++) {
            List<Turns> ready =
                    places.stream().filter(place -> !place.tasks.isEmpty()).toList();
            if (ready.isEmpty() && dues.isEmpty()) return;
            boolean timePasses = ready.isEmpty() || !dues.isEmpty() && random.nextInt(12) == 0;
            if (timePasses) pass();
            else ready.get(random.nextInt(ready.size())).runOne();
        }
        throw new AssertionError("the simulation does not come to an end");
    }

    private void pass() {
        nanos = Math.max(nanos, dues.element().at);
        if (random.nextInt(4) == 0) nanos += (long) (random.nextDouble() * LONGEST_LAG);
        while (!dues.isEmpty() && dues.element().at <= nanos) {
            Due due = dues.remove();
            if (!due.cancelled) due.place.add(due::run);
        }
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long upTo(long mostNanos) {
        return (long) (random.nextDouble() * mostNanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public double chance() {
        return random.nextDouble();
    }

    @Override
    public IoLoop.Timer schedule(IoLoop loop, Runnable task, long delayNanos) {
        return loop.schedule(task, delayNanos);
    }
}
