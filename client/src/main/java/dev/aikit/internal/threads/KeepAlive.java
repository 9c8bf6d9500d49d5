package dev.aikit.internal.threads;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while callbacks are owed: one thread that is no daemon, there only as long as something is pending.
 * Every other thread of the library is a daemon. Meanwhile it looks after executors that may have dropped a callback.
 */
public final class KeepAlive {
    /** For all clients of this JVM. */
    public static final KeepAlive INSTANCE = new KeepAlive();

    /** Spares a program that makes one call after the other a new thread for each. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** How soon a callback goes elsewhere whose pool has ended. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile @Nullable Thread keeper;

    private KeepAlive() {}

    /** One callback more is owed. */
    public void acquire() {
        pending.incrementAndGet();
        if (!running.get() && running.compareAndSet(false, true)) start();
    }

    /** One callback has been given. */
    public void release() {
        if (pending.decrementAndGet() == 0) LockSupport.unpark(keeper);
    }

    private void start() {
        Thread thread = new Thread(null, this::keep, "aikit-keep-alive", 64 * 1024, false);
        thread.setDaemon(false);
        keeper = thread;
        try {
            thread.start();
        } catch (OutOfMemoryError noMoreThreads) {
            running.set(false); // the next call tries again
        }
    }

    private void keep() {
        do {
            do {
                while (pending.get() > 0) {
                    LockSupport.parkNanos(this, LOOK_NANOS);
                    Thread.interrupted(); // it would not wait any more
                    look();
                }
                LockSupport.parkNanos(this, LINGER_NANOS);
            } while (pending.get() > 0);
            running.set(false);
            // A call that came since then found this thread running and relies on it.
        } while (pending.get() > 0 && running.compareAndSet(false, true));
    }

    /** An executor that throws when asked, or a lack of memory that passes, must not end this thread: it looks again soon. */
    private static void look() {
        try {
            HandOver.look();
            LastOnes.collectGarbageIfAlone();
        } catch (Throwable untilTheNextLook) {
            return;
        }
    }
}
