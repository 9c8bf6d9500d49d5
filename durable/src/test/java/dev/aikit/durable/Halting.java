package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends a process at a moment: as if by a kill, with no chance to tidy up. */
public final class Halting {
    /** What a process exits with that halted itself. */
    public static final int EXIT = 99;

    private final Probe.Point where;
    private final AtomicInteger left;
    private volatile boolean armed;

    private Halting(Probe.Point where, int times) {
        this.where = where;
        this.left = new AtomicInteger(times);
    }

    /** Of that worker, once armed, when it passes that point for that time. */
    public static Halting at(DurableWorkerBuilder builder, String point, int times) {
        Halting halting = new Halting(Probe.Point.valueOf(point), times);
        builder.probe(halting::passed);
        return halting;
    }

    private void passed(Probe.Point there) {
        if (armed && there == where && left.decrementAndGet() <= 0)
            Runtime.getRuntime().halt(EXIT);
    }

    /** From now on. */
    public void arm() {
        armed = true;
    }

    public static List<String> points() {
        return Arrays.stream(Probe.Point.values()).map(Enum::name).toList();
    }
}
