package dev.aikit.internal.threads;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that works in rounds, such as one that looks at all its sockets in turn. What it hands over to a pool in one round
 * wakes a thread there once, at the end of the round: woken for each task, that thread would find one at a time, and fall
 * asleep in between.
 */
public final class RoundThread extends Thread {
    private final Executor endOfRound;
    private final Runnable wake = this::wake;
    private @Nullable ElasticPool toWake;
    private boolean inForeignCode;

    /**
     * A thread to be started.
     *
     * @param endOfRound runs a task on this thread when the round is over
     */
    public RoundThread(Runnable work, String name, Executor endOfRound) {
        super(null, work, name, 0, false);
        this.endOfRound = endOfRound;
    }

    /** Whether the calling thread is one, and wakes a thread of this pool when its round is over. */
    static boolean wakesLater(ElasticPool pool) {
        return Thread.currentThread() instanceof RoundThread current && current.willWake(pool);
    }

    /** Runs code that may take its time, or wait for what it hands over: nothing waits for the end of the round meanwhile. */
    static void runForeign(Runnable code) {
        if (!(Thread.currentThread() instanceof RoundThread current)) {
            code.run();
            return;
        }
        current.wake();
        boolean before = current.inForeignCode;
        current.inForeignCode = true;
        try {
            code.run();
        } finally {
            current.inForeignCode = before;
        }
    }

    private boolean willWake(ElasticPool pool) {
        if (inForeignCode) return false;
        if (toWake == pool) return true;
        wake();
        try {
            endOfRound.execute(wake);
        } catch (RejectedExecutionException noMoreRounds) {
            return false;
        }
        toWake = pool;
        return true;
    }

    private void wake() {
        ElasticPool pool = toWake;
        toWake = null;
        if (pool != null) pool.callForTasks();
    }
}
