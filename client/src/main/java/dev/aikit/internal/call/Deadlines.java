package dev.aikit.internal.call;

import dev.aikit.internal.http.IoLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one call, on its loop, with a single timer: moving a deadline further away, as each piece of a stream
 * does, costs no more than writing it down.
 */
final class Deadlines {
    /** What may take too long. */
    enum Limit {
        SENDING,
        FIRST_BYTE,
        IDLE,
        ATTEMPT,
        TOTAL
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final IoLoop loop;
    private final Consumer<Limit> passed;
    private final long start;
    private final long[] due = new long[Limit.values().length];
    private long armedFor = NEVER;
    private IoLoop.@Nullable Timer timer;

    /** Calls {@code passed} on the loop for each deadline that passes. */
    Deadlines(Clock clock, IoLoop loop, Consumer<Limit> passed) {
        this.clock = clock;
        this.loop = loop;
        this.passed = passed;
        this.start = clock.nanoTime();
        Arrays.fill(due, NEVER);
    }

    /** Nanoseconds since the call began. */
    long elapsed() {
        return clock.nanoTime() - start;
    }

    /** Sets a deadline that far from now, in place of the one before; null for none. */
    void set(Limit limit, @Nullable Duration fromNow) {
        due[limit.ordinal()] = fromNow == null ? NEVER : saturatedAdd(elapsed(), fromNow);
        if (due[limit.ordinal()] < armedFor) arm(elapsed());
    }

    /** Takes deadlines away. */
    void clear(Limit... limits) {
        for (Limit limit : limits) due[limit.ordinal()] = NEVER;
    }

    /** Nanoseconds left of a deadline; a very large number if there is none. */
    long left(Limit limit) {
        long at = due[limit.ordinal()];
        return at == NEVER ? NEVER : at - elapsed();
    }

    /** Takes all away. */
    void stop() {
        Arrays.fill(due, NEVER);
        disarm();
    }

    private void disarm() {
        if (timer != null) timer.cancel();
        timer = null;
        armedFor = NEVER;
    }

    private void arm(long now) {
        disarm();
        long next = NEVER;
        for (long at : due) next = Math.min(next, at);
        if (next == NEVER) return;
        armedFor = next;
        try {
            timer = clock.schedule(loop, this::look, Math.max(0, next - now));
        } catch (RejectedExecutionException closed) {
            return; // the loop ends, and the call with it
        }
    }

    private void look() {
        timer = null;
        armedFor = NEVER;
        long now = elapsed();
        for (Limit limit : Limit.values()) {
            if (due[limit.ordinal()] > now) continue;
            due[limit.ordinal()] = NEVER;
            passed.accept(limit);
        }
        arm(now);
    }

    static long nanos(Duration duration) {
        return saturatedAdd(0, duration);
    }

    private static long saturatedAdd(long nanos, Duration more) {
        try {
            return Math.addExact(nanos, more.toNanos());
        } catch (ArithmeticException centuries) {
            return NEVER;
        }
    }
}
