package dev.aikit.durable.simulation;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Time and chance, all out of one seed: a single real thread does everything, one thing after the other. */
public final class World {
    private static final int MOST_STEPS = 300_000;
    private static final long START_MILLIS = 1_900_000_000_000L;

    public final Random random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos;
    private long sequence;
    private long clockSetBy;
    private int steps;

    public World(long seed) {
        random = new Random(seed);
    }

    /** Something that will be done, unless it is called off. */
    public final class Event implements Comparable<Event> {
        private final long at;
        private final long number = ++sequence;
        private final Runnable task;
        private boolean calledOff;

        private Event(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }

        public void callOff() {
            calledOff = true;
        }

        public long at() {
            return at;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    public Event after(long delayNanos, Runnable task) {
        Event event = new Event(nanos + delayNanos, task);
        events.add(event);
        return event;
    }

    /** The next thing that is to be done; false if nothing is left, or if there were too many. */
    public boolean step() {
        Event next = events.poll();
        if (next == null || steps++ > MOST_STEPS) return false;
        nanos = Math.max(nanos, next.at);
        if (!next.calledOff) next.task.run();
        return true;
    }

    public long nanos() {
        return nanos;
    }

    /** By the clock, which is set forth and back. */
    public long millis() {
        return START_MILLIS + clockSetBy + TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    public void setClockBy(long millis) {
        clockSetBy += millis;
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** In nanoseconds. */
    public long upTo(double seconds) {
        return (long) (random.nextDouble() * seconds * 1e9);
    }
}
