package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends a process at a moment: as if by a kill, with no chance to tidy up. */
public final class Halting {
    /** What a process exits with that halted itself. */
    public static final int EXIT = 99;

    private Halting() {}

    public static void at(DurableWorkerBuilder builder, String point, int times) {
        Probe.Point where = Probe.Point.valueOf(point);
        AtomicInteger left = new AtomicInteger(times);
        builder.probe(there -> {
            if (there == where && left.decrementAndGet() <= 0)
                Runtime.getRuntime().halt(EXIT);
        });
    }

    public static java.util.List<String> points() {
        return java.util.Arrays.stream(Probe.Point.values()).map(Enum::name).toList();
    }
}
