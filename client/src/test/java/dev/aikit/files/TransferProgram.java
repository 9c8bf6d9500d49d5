package dev.aikit.files;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIResult;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** One transfer in a program of its own, which prints how it ended and what memory it took at the most. */
final class TransferProgram {
    private static final AtomicLong DIRECT = new AtomicLong();

    private TransferProgram() {}

    /** The server's address, "up" or "down", and the file. */
    public static void main(String... arguments) throws Exception {
        Thread watch = new Thread(TransferProgram::watch);
        watch.setDaemon(true);
        watch.start();
        try (OpenAI client = OpenAI.create(c -> c.baseURL(arguments[0]).maxRetries(0))) {
            Path file = Path.of(arguments[2]);
            OpenAIResult result = arguments[1].equals("up")
                    ? client.files().create(file, "user_data")
                    : client.files().content("file-1", file);
            System.out.println(result.success() ? "SUCCESS" : result.errors());
        }
        long heap = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans())
            if (pool.getType() == MemoryType.HEAP) heap += pool.getPeakUsage().getUsed();
        System.out.println("peak heap KB " + heap / 1024);
        System.out.println("peak direct KB " + DIRECT.get() / 1024);
        Path status = Path.of("/proc/self/status"); // of Linux
        if (Files.isReadable(status))
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .forEach(System.out::println);
    }

    private static void watch() {
        while (true) {
            long direct = Math.max(0, PlatformDependent.usedDirectMemory());
            for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class))
                direct += pool.getMemoryUsed();
            DIRECT.accumulateAndGet(direct, Math::max);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
