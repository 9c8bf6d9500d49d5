package dev.aikit.internal.threads;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads on which files and other sources are read and written, because that blocks: never on an input/output thread,
 * and never where the caller's callbacks run. Real ones on every JDK, for files hold on to a virtual thread's carrier. Daemons.
 */
public final class FileThreads {
    private static final AtomicLong NUMBER = new AtomicLong();

    private FileThreads() {}

    /** The executor for all clients of this JVM. */
    public static Executor shared() {
        return Shared.EXECUTOR;
    }

    private static final class Shared {
        static final Executor EXECUTOR = new ElasticPool(FileThreads::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "aikit-file-" + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
