package dev.aikit.local.internal.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** The body of a request while it arrives: the event loop puts in, one other thread takes out, and little is held between. */
public final class Incoming {
    private static final int MOST_HELD = 1 << 20;

    private final Channel channel;
    private final Duration longestSilence;
    private final Runnable proceed;
    private final Queue<HttpContent> held = new ArrayDeque<>();
    private long heldBytes;
    private volatile boolean asked;
    private boolean over;
    private boolean unwanted;

    /** @param proceed tells the client that its body is wanted; runs once, on the thread that takes the first piece */
    Incoming(Channel channel, Duration longestSilence, Runnable proceed) {
        this.channel = channel;
        this.longestSilence = longestSilence;
        this.proceed = proceed;
    }

    /** What arrives after nobody wants it any more is dropped. */
    synchronized void put(HttpContent content) {
        if (unwanted) return;
        held.add(content.retain());
        heldBytes += content.content().readableBytes();
        if (heldBytes > MOST_HELD) channel.config().setAutoRead(false);
        notifyAll();
    }

    /**
     * The next piece, to be released by the caller; a {@link LastHttpContent} is the last. Waits for it.
     *
     * @throws CancellationException if the client has gone or sends nothing, or the thread was interrupted
     */
    public HttpContent take() {
        if (!asked) proceed.run();
        asked = true;
        synchronized (this) {
            if (over) return new DefaultLastHttpContent();
            awaitPiece();
            HttpContent content = held.remove();
            over = content instanceof LastHttpContent;
            heldBytes -= content.content().readableBytes();
            if (heldBytes <= MOST_HELD / 2) channel.config().setAutoRead(true);
            return content;
        }
    }

    private void awaitPiece() {
        long deadline = System.nanoTime() + longestSilence.toNanos();
        try {
            while (held.isEmpty() && !unwanted) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    channel.close();
                    throw new CancellationException("the client has sent nothing for " + longestSilence);
                }
                wait(millis);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        if (held.isEmpty()) throw new CancellationException("the rest of the body will not come");
    }

    /** Whether the client has not been told yet that its body is wanted. */
    boolean isUnasked() {
        return !asked;
    }

    /** Nobody will take the rest, because the request has been answered, or the client has gone. */
    synchronized void discard() {
        unwanted = true;
        held.forEach(HttpContent::release);
        held.clear();
        heldBytes = 0;
        channel.config().setAutoRead(true);
        notifyAll();
    }
}
