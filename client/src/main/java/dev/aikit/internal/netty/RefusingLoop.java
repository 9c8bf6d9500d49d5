package dev.aikit.internal.netty;

import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/** The loop of a transport that was closed before it ever had one. */
final class RefusingLoop implements IoLoop {
    @Override
    public boolean isCurrentThread() {
        return false;
    }

    @Override
    public void execute(Runnable task) {
        throw refusal();
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        throw refusal();
    }

    @Override
    public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
        throw refusal();
    }

    static RejectedExecutionException refusal() {
        return new RejectedExecutionException("the connections of this client have been closed");
    }
}
