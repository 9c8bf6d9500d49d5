package dev.aikit.internal.netty;

import dev.aikit.internal.http.IoLoop;
import java.util.concurrent.TimeUnit;

/** Passes over the rest of an answer, as long as that costs less than a new connection. */
final class Drain {
    private static final int MOST_BYTES = 64 * 1024;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Runnable giveUp;
    private final IoLoop.Timer timer;
    private int passed;

    Drain(NettyLoop loop, Runnable giveUp) {
        this.giveUp = giveUp;
        timer = loop.later(giveUp, LONGEST_NANOS);
    }

    void passed(int bytes) {
        passed += bytes;
        if (passed > MOST_BYTES) giveUp.run();
    }

    void stop() {
        timer.cancel();
    }
}
