package dev.aikit.internal.threads;

/** What user code threw where nobody can catch it. */
public final class Uncaught {
    private Uncaught() {}

    /** Gives it to the handler of the current thread, as if the thread had ended by it. */
    public static void report(Throwable thrown) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable alsoThrown) {
            // The handler is broken; what is left is the log.
            System.getLogger("dev.aikit")
                    .log(System.Logger.Level.ERROR, "an uncaught-exception handler threw", alsoThrown);
        }
    }
}
