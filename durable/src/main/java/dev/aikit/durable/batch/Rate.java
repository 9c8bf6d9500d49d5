package dev.aikit.durable.batch;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something goes, over the last half minute. For one thread. */
final class Rate {
    private static final long SPAN_NANOS = 30_000_000_000L;
    private static final long STEP_NANOS = 500_000_000L;

    private record Mark(long nanos, long count) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** A second's worth, now that it is so many in all. */
    double perSecond(long nanos, long count) {
        Mark last = marks.peekLast();
        if (last == null || nanos - last.nanos >= STEP_NANOS) marks.add(new Mark(nanos, count));
        while (marks.size() > 1 && nanos - marks.element().nanos > SPAN_NANOS) marks.remove();
        Mark first = marks.element();
        return nanos == first.nanos ? 0 : (count - first.count) * 1e9 / (nanos - first.nanos);
    }
}
