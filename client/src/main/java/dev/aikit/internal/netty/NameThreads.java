package dev.aikit.internal.netty;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The few daemon threads on which names are looked up, because the JDK's look-up blocks. */
final class NameThreads {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MOST = 4;

    private @Nullable ThreadPoolExecutor threads;
    private boolean closed;

    /** Runs a look-up, or drops it if the transport has been closed: nobody waits for it any more. */
    synchronized void run(Runnable lookUp) {
        if (closed) return;
        if (threads == null) {
            threads = new ThreadPoolExecutor(
                    MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), NameThreads::thread);
            threads.allowCoreThreadTimeOut(true);
        }
        threads.execute(lookUp);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "aikit-dns-" + COUNT.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }

    synchronized void close() {
        closed = true;
        if (threads != null) threads.shutdownNow();
    }
}
