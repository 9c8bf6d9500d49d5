package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import java.util.Arrays;
import java.util.List;

/** Does something once at a moment of a worker's work: fills its disk. */
public final class Filling {
    private final Runnable fill;
    private Probe.Point where;

    public Filling(Runnable fill) {
        this.fill = fill;
    }

    /** The moments before something is committed. */
    public static List<String> points() {
        return Arrays.stream(Probe.Point.values())
                .map(Enum::name)
                .filter(name -> name.endsWith("_BEFORE_COMMIT"))
                .toList();
    }

    public DurableWorkerBuilder in(DurableWorkerBuilder builder) {
        return builder.probe(this::pass);
    }

    /** The next time that this moment comes. */
    public synchronized void at(String point) {
        where = Probe.Point.valueOf(point);
    }

    private synchronized void pass(Probe.Point point) {
        if (point != where) return;
        where = null;
        fill.run();
    }
}
