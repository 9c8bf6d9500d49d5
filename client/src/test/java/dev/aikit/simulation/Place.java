package dev.aikit.simulation;

/** A thread, or a pool of threads: what is given to it runs in order, or in any order. */
interface Place {
    void add(Runnable task);

    /** Whether the calling thread is at work there. */
    boolean isCurrent();
}
