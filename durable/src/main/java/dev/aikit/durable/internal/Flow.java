package dev.aikit.durable.internal;

/**
 * So many units a minute, evenly, and some of them early: the generic cell rate algorithm. What has been taken uses the
 * limit up to a moment, {@code until}; whatever would move that further than {@code early} from now must wait.
 *
 * <p>So the times of what is taken lie one after the other, and nothing is taken earlier than {@code early} before the end
 * of its own: in a window there is no more than fits into window and {@code early}.
 */
public final class Flow {
    /** No limit. */
    public static final Flow UNLIMITED = new Flow(0, 0);

    private static final double MINUTE = 60e9;

    private final double perUnit;
    private final long early;

    private Flow(double perUnit, long early) {
        this.perUnit = perUnit;
        this.early = early;
    }

    /** Units a minute; nanoseconds. */
    public static Flow perMinute(long units, long early) {
        return new Flow(MINUTE / units, early);
    }

    /** Whether there is a limit at all. */
    public boolean isLimited() {
        return perUnit > 0;
    }

    /** The most that one call may use of the limit, which else stood still for as long as the call claimed. */
    public long mostOfOne() {
        return isLimited() ? (long) Math.ceil(MINUTE / perUnit) : Long.MAX_VALUE;
    }

    /** How many single units may be taken, up to a number. One that never fits goes when nothing is used. */
    public int room(long until, long now, int most) {
        if (!isLimited()) return most;
        if (until <= now && perUnit > early) return Math.min(1, most);
        return (int) Math.max(0, Math.min(most, (now + early - Math.max(until, now)) / perUnit));
    }

    /** How long it is, in nanoseconds, until so many may be taken together. More than ever fit go when nothing is used. */
    public long wait(long until, long now, long units) {
        if (!isLimited()) return 0;
        return Math.max(0, Math.min(until, until + time(units) - early) - now);
    }

    /** Until when the limit is used, once so many have been taken. */
    public long taken(long until, long now, long units) {
        return Math.max(until, now) + time(units);
    }

    /** The same, once it is known that it were so many more, or fewer, than had been taken. */
    public long corrected(long until, long now, long units) {
        return units > 0 ? taken(until, now, units) : until + time(units);
    }

    /** The same, when no more than so many are left. */
    public long left(long until, long now, long units) {
        long all = now + early;
        return units * perUnit >= early ? until : Math.max(until, all - time(units));
    }

    private long time(long units) {
        return (long) Math.ceil(units * perUnit);
    }
}
