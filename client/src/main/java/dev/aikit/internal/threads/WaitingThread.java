package dev.aikit.internal.threads;

import dev.aikit.CallbackTarget;

/** The target of a call that waits: the waiting thread, which runs what arrives by {@link SerialQueue#runUntil}. */
public final class WaitingThread implements CallbackTarget {
    private final Thread thread = Thread.currentThread();

    /** Nothing to do: the queue itself wakes who waits. */
    @Override
    public void execute(Runnable task) {}

    @Override
    public boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }
}
