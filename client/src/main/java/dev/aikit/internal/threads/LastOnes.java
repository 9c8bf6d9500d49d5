package dev.aikit.internal.threads;

/**
 * For a program that has nothing left to do but to wait for a callback: if an executor dropped it, that is noticed only when
 * garbage is collected, and a program that does nothing makes none. A collection then harms nobody.
 */
final class LastOnes {
    private static final int FIRST_AFTER_LOOKS = 8; // 2 seconds
    private static int looks;
    private static int next = FIRST_AFTER_LOOKS;

    private LastOnes() {}

    /** Called by the keeper alone, four times a second while callbacks are owed. */
    static void collectGarbageIfAlone() {
        if (!HandOver.anyOpen() || othersLive()) {
            looks = 0;
            next = FIRST_AFTER_LOOKS;
        } else if (++looks == next) {
            next *= 2;
            System.gc();
        }
    }

    /** Whether any thread but the keeper keeps the program alive. */
    private static boolean othersLive() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) all = all.getParent();
        Thread[] threads = new Thread[all.activeCount() + 16];
        int count = all.enumerate(threads);
        for (int i = 0; i < count; i++) {
            Thread thread = threads[i];
            boolean isJvms = thread.getName().equals("DestroyJavaVM");
            if (!thread.isDaemon() && !isJvms && thread != Thread.currentThread()) return true;
        }
        return false;
    }
}
