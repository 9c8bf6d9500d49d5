package dev.aikit.benchmarks;

import java.util.ArrayDeque;

/** Tasks for later, by milliseconds; one thread. */
final class Wheel {
    private static final int SLOTS = 2048;
    private static final long TICK = 1_000_000;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Runnable>[] slots = new ArrayDeque[SLOTS];

    private long tick = System.nanoTime() / TICK;
    private int size;

    Wheel() {
        for (int i = 0; i < SLOTS; i++) slots[i] = new ArrayDeque<>();
    }

    boolean isEmpty() {
        return size == 0;
    }

    void in(int milliseconds, Runnable task) {
        if (milliseconds < 1 || milliseconds >= SLOTS)
            throw new IllegalArgumentException("milliseconds: from 1 to " + (SLOTS - 1) + ", not " + milliseconds);
        if (size++ == 0) tick = System.nanoTime() / TICK;
        slots[(int) ((tick + milliseconds) % SLOTS)].add(task);
    }

    /** Runs what is due. */
    void turn(long nanoTime) {
        long now = nanoTime / TICK;
        while (size > 0 && tick < now) {
            tick++;
            ArrayDeque<Runnable> slot = slots[(int) (tick % SLOTS)];
            for (int n = slot.size(); n > 0; n--) {
                size--;
                slot.poll().run();
            }
        }
    }
}
