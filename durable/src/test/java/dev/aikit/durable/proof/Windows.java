package dev.aikit.durable.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at what came when: how much in any window of time. Knows nothing of how a limit is held. */
public final class Windows {
    private record Event(long nanos, long units) {}

    private final List<Event> events = new ArrayList<>();
    private boolean sorted = true;

    /** So many units at that time. */
    public void add(long nanos, long units) {
        events.add(new Event(nanos, units));
        sorted = false;
    }

    private List<Event> sorted() {
        if (!sorted) events.sort(Comparator.comparingLong(Event::nanos));
        sorted = true;
        return events;
    }

    public long total() {
        return events.stream().mapToLong(Event::units).sum();
    }

    public long first() {
        return sorted().get(0).nanos();
    }

    /** The longest time in which nothing came; nanoseconds. */
    public long longestGap() {
        long gap = 0;
        for (int i = 1; i < sorted().size(); i++)
            gap = Math.max(gap, sorted().get(i).nanos() - sorted().get(i - 1).nanos());
        return gap;
    }

    /** What came in a window that begins there. */
    public long in(long from, long length) {
        return events.stream()
                .filter(event -> event.nanos() >= from && event.nanos() < from + length)
                .mapToLong(Event::units)
                .sum();
    }

    /** The most that came in a window of that length. */
    public long most(long length) {
        List<Event> all = sorted();
        long most = 0;
        long sum = 0;
        int from = 0;
        for (Event event : all) {
            sum += event.units();
            while (all.get(from).nanos() <= event.nanos() - length)
                sum -= all.get(from++).units();
            most = Math.max(most, sum);
        }
        return most;
    }

    /** Over zero if something is wrong, but for one unit at the edge: by how much the worst window, of whatever length, is over what is allowed in it and in the burst. */
    public double excess(long burst, double unitsPerNano) {
        double worst = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        double sum = 0;
        long begun = events.isEmpty() ? 0 : first();
        for (Event event : sorted()) {
            double allowed = (event.nanos() - begun) * unitsPerNano;
            least = Math.min(least, sum - allowed);
            sum += event.units();
            worst = Math.max(worst, sum - allowed - least);
        }
        return worst - burst * unitsPerNano;
    }
}
