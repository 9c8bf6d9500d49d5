package dev.aikit.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What a program holds, as the JVM and the operating system count it.
 *
 * @param descriptors open files and sockets; -1 where the system does not tell
 * @param heap bytes of live objects
 * @param direct bytes outside the heap
 */
record Resources(long descriptors, long heap, long direct) {
    private static final int MOST_COLLECTIONS = 40;
    /** What hears of garbage lets go of more, on threads of its own. */
    private static final int IN_VAIN = 3;

    private static final long PAUSE_NANOS = 20_000_000;

    /** Counts now, when there is no more garbage to be found. */
    static Resources count() {
        return new Resources(descriptorsNow(), heapNow(), directNow());
    }

    static long descriptorsNow() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : -1;
    }

    /** How many sockets are open; where the system does not tell, none. */
    static long socketsNow() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Resources::isSocket).count();
        } catch (IOException | UncheckedIOException elsewhere) {
            return 0;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** As many as this process may have open. */
    static long mostDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : 1024;
    }

    /** Cleaners and references are a collection behind: on until a few in a row have brought nothing. */
    private static long heapNow() {
        long least = Long.MAX_VALUE;
        int inVain = 0;
        for (int i = 0; i < MOST_COLLECTIONS && inVain < IN_VAIN; i++) {
            System.gc();
            System.runFinalization();
            LockSupport.parkNanos(PAUSE_NANOS);
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            inVain = now >= least - 10_000 ? inVain + 1 : 0;
            least = Math.min(least, now);
        }
        return least;
    }

    private static long directNow() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                + Math.max(0, io.netty.util.internal.PlatformDependent.usedDirectMemory());
    }

    static Set<Thread> liveThreads() {
        Set<Thread> live = new LinkedHashSet<>(Thread.getAllStackTraces().keySet());
        live.removeIf(thread -> !thread.isAlive());
        return live;
    }
}
