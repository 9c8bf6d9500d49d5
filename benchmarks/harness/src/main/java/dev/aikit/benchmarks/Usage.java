package dev.aikit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What this process has used so far. */
final class Usage {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static final double MEGABYTE = 1 << 20;

    private Usage() {}

    /** @param allocated bytes by all threads, those that ended included
     *  @param switches voluntary context switches of the threads that live */
    record Sample(long operations, long nanoTime, long cpu, long jit, long gc, long allocated, long switches) {
        /** What takes long comes first, so that what is divided by one another is read at one moment. */
        static Sample take(Allocations allocations, LongSupplier operations) {
            long jit = 0;
            long gc = 0;
            long switches = 0;
            for (String task : new File("/proc/self/task").list()) {
                try {
                    Path files = Path.of("/proc/self/task", task);
                    String name = Files.readString(files.resolve("comm"));
                    long nanos = Long.parseLong(
                            Files.readString(files.resolve("schedstat")).split(" ")[0]);
                    if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) jit += nanos;
                    else if (name.startsWith("G1 ") || name.startsWith("GC ") || name.startsWith("VM Thread"))
                        gc += nanos;
                    switches += number(files.resolve("status"), "voluntary_ctxt_switches");
                } catch (IOException ended) {
                    // A thread that ended meanwhile.
                }
            }
            long allocated = allocations.soFar();
            long cpu = SYSTEM.getProcessCpuTime();
            return new Sample(operations.getAsLong(), System.nanoTime(), cpu, jit, gc, allocated, switches);
        }
    }

    /** Threads of the process, those of the JVM included. */
    static long allThreads() {
        return status("Threads");
    }

    /** The most memory that the process has had, in bytes. */
    static long peakMemory() {
        return status("VmHWM") * 1024;
    }

    private static long status(String name) {
        try {
            return number(Path.of("/proc/self/status"), name);
        } catch (IOException error) {
            throw new IllegalStateException("this benchmark needs Linux", error);
        }
    }

    private static long number(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file))
            if (line.startsWith(name + ":")) return Long.parseLong(line.split("\\s+")[1]);
        return 0;
    }

    /**
     * Bytes that threads allocated. From Java 21 on the JVM adds them up itself; before that, threads are asked every 20 ms,
     * and what one allocates between the last time and its end is missed.
     */
    static final class Allocations {
        private static final Method TOTAL = total();

        private final Map<Long, Long> seen = new HashMap<>();

        private static Method total() {
            try {
                return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
            } catch (NoSuchMethodException before21) {
                return null;
            }
        }

        /** Starts the looking. */
        static Allocations watched() {
            Allocations allocations = new Allocations();
            if (TOTAL != null) return allocations;
            Thread watcher = new Thread(allocations::watch, "benchmark-allocations");
            watcher.setDaemon(true);
            watcher.start();
            return allocations;
        }

        private void watch() {
            try {
                while (true) {
                    look();
                    Thread.sleep(20);
                }
            } catch (InterruptedException end) {
                // Nobody does.
            }
        }

        private synchronized void look() {
            long own = Thread.currentThread().getId();
            long[] ids = THREADS.getAllThreadIds();
            long[] bytes = THREADS.getThreadAllocatedBytes(ids);
            for (int i = 0; i < ids.length; i++) if (bytes[i] > 0 && ids[i] != own) seen.put(ids[i], bytes[i]);
        }

        synchronized long soFar() {
            if (TOTAL != null) {
                try {
                    return (long) TOTAL.invoke(THREADS);
                } catch (ReflectiveOperationException error) {
                    throw new IllegalStateException(error);
                }
            }
            look();
            long sum = 0;
            for (long bytes : seen.values()) sum += bytes;
            return sum;
        }
    }
}
