package dev.aikit.internal.call;

import dev.aikit.OpenAITimer;
import dev.aikit.internal.http.IoLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;

/** The time that somebody else keeps. */
public final class GivenClock implements Clock {
    private final InstantSource source;
    private final OpenAITimer timer;
    private final Instant start;

    /** Time since now, by that source. */
    public GivenClock(InstantSource source, OpenAITimer timer) {
        this.source = source;
        this.timer = timer;
        this.start = source.instant();
    }

    @Override
    public long nanoTime() {
        return Duration.between(start, source.instant()).toNanos();
    }

    @Override
    public Instant now() {
        return source.instant();
    }

    @Override
    public IoLoop.Timer schedule(IoLoop loop, Runnable task, long delayNanos) {
        Future<?> scheduled = timer.schedule(loop, task, Duration.ofNanos(delayNanos));
        return () -> scheduled.cancel(false);
    }
}
