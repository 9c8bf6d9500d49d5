package dev.aikit.internal.netty;

import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One exchange: first in the queue of a pool, then on a carrier, which feeds its inbox. */
final class NettyExchange implements Exchange {
    private final HttpCall call;
    private final long connectTimeoutNanos;
    private final Inbox inbox;
    private @Nullable Pool pool;
    private IoLoop.@Nullable Timer connectTimer;
    private @Nullable Carrier carrier;

    NettyExchange(HttpCall call, long connectTimeoutNanos, ExchangeListener listener, NettyLoop loop) {
        this.call = call;
        this.connectTimeoutNanos = connectTimeoutNanos;
        inbox = new Inbox(listener, this, loop);
    }

    HttpCall call() {
        return call;
    }

    long connectTimeoutNanos() {
        return connectTimeoutNanos;
    }

    void waitIn(Pool queue) {
        pool = queue;
        connectTimer = queue.loop.later(this::tooLate, connectTimeoutNanos);
    }

    private void tooLate() {
        Pool queue = pool;
        if (queue == null) return;
        String stage = queue.stage();
        leaveQueue();
        inbox.failed(Failures.connectTimeout(queue.origin, connectTimeoutNanos, stage));
    }

    private void leaveQueue() {
        Pool queue = pool;
        stopWaiting();
        if (queue != null) queue.leave(this);
    }

    private void stopWaiting() {
        pool = null;
        if (connectTimer != null) connectTimer.cancel();
        connectTimer = null;
    }

    /** There is a connection; whether the request is still to be sent. */
    boolean begin(Carrier on) {
        stopWaiting();
        carrier = on;
        if (inbox.isPaused()) on.reading(false);
        inbox.connected();
        return carrier == on;
    }

    void head(HttpHead head) {
        inbox.head(head);
    }

    /** Takes over the bytes. */
    void body(ByteBuf bytes) {
        inbox.body(bytes);
    }

    void end() {
        carrier = null;
        inbox.end();
    }

    void failed(TransportFailure failure) {
        stopWaiting();
        carrier = null;
        inbox.failed(failure);
    }

    /** Of the inbox: whether it wants bytes. */
    void readFromCarrier(boolean wanted) {
        if (carrier != null) carrier.reading(wanted);
    }

    @Override
    public void reading(boolean wanted) {
        inbox.reading(wanted);
    }

    @Override
    public void cancel() {
        inbox.close();
        leaveQueue();
        Carrier on = carrier;
        carrier = null;
        if (on != null) on.abort();
    }

    @Override
    public void release() {
        inbox.close();
        leaveQueue();
        Carrier on = carrier;
        carrier = null;
        if (on != null) on.drain();
    }
}
