package dev.aikit.internal.threads;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads for callbacks that belong nowhere else. A callback may block for as long as it likes, so there is no fixed
 * number of them: virtual threads from Java 24 on (before, a virtual thread that blocks within {@code synchronized} holds
 * on to one of the few real ones, and two such callbacks would stop all others), else an {@link ElasticPool}. All are
 * daemons: {@link KeepAlive} is what keeps the program running.
 */
public final class CallbackThreads {
    private static final int VIRTUAL_THREADS_NEVER_PINNED_SINCE = 24;
    private static final AtomicLong NUMBER = new AtomicLong();

    private CallbackThreads() {}

    /** The executor for all clients of this JVM. */
    public static Executor shared() {
        return Shared.EXECUTOR;
    }

    private static final class Shared {
        static final Executor EXECUTOR = Runtime.version().feature() >= VIRTUAL_THREADS_NEVER_PINNED_SINCE
                ? virtual()
                : new ElasticPool(CallbackThreads::platform);
    }

    private static Thread platform(Runnable task) {
        Thread thread = new Thread(null, task, "aikit-callback-" + NUMBER.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private static Executor virtual() {
        ThreadFactory factory = virtualFactory();
        return task -> factory.newThread(task).start();
    }

    /** {@code Thread.ofVirtual().name("aikit-callback-", 1).inheritInheritableThreadLocals(false).factory()}, which Java 17 does not compile. */
    private static ThreadFactory virtualFactory() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual))
                    .invoke();
            Object named = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class))
                    .invoke(start, "aikit-callback-", 1L);
            Object plain = lookup.findVirtual(
                            builder, "inheritInheritableThreadLocals", MethodType.methodType(builder, boolean.class))
                    .invoke(named, false);
            return (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                    .invoke(plain);
        } catch (Throwable error) {
            throw new IllegalStateException("virtual threads expected on Java " + Runtime.version(), error);
        }
    }
}
