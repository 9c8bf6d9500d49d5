package dev.aikit.internal.netty;

import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One exchange: first in the queue of a pool, then on a carrier, which feeds its inbox. */
final class NettyExchange implements Exchange {
    private final HttpCall call;
    private final long connectTimeoutNanos;
    private final Inbox inbox;
    private final NettyLoop loop;
    private final @Nullable Upload upload;
    private @Nullable Preamble preamble;
    private @Nullable Pool pool;
    private IoLoop.@Nullable Timer connectTimer;
    private @Nullable Carrier carrier;

    NettyExchange(HttpCall call, long connectTimeoutNanos, ExchangeListener listener, NettyLoop loop) {
        this.call = call;
        this.connectTimeoutNanos = connectTimeoutNanos;
        this.loop = loop;
        inbox = new Inbox(listener, this, loop);
        upload = call.body() instanceof HttpBody.Source source ? new Upload(loop, this, source) : null;
    }

    HttpCall call() {
        return call;
    }

    /** What stands before its body, once that has been looked through. */
    void prepared(Preamble itsOwn) {
        preamble = itsOwn;
    }

    Preamble preamble() {
        return Objects.requireNonNull(preamble);
    }

    long connectTimeoutNanos() {
        return connectTimeoutNanos;
    }

    /** The body, if it is read while it is sent. */
    @Nullable
    Upload upload() {
        return upload;
    }

    /** How much will be sent; -1 if that is not known. */
    long bodyLength() {
        return upload != null ? upload.length() : call.body().length();
    }

    private void stopUpload() {
        loop.opening.remove(this);
        if (upload != null) upload.stop();
    }

    void sent(long bytes, long total, boolean waiting) {
        inbox.sent(bytes, total, waiting);
    }

    void sentAll() {
        inbox.sentAll();
    }

    /** Of the upload. */
    void unreadable(TransportFailure failure) {
        Carrier on = carrier;
        failed(failure);
        if (on != null) on.abort();
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

    /** Takes what is in the buffer before this returns. */
    void shared(ByteBuffer bytes) {
        inbox.shared(bytes);
    }

    /** Takes over the bytes. */
    void body(ByteBuf bytes) {
        inbox.body(bytes);
    }

    void end() {
        stopUpload();
        carrier = null;
        inbox.end();
    }

    void failed(TransportFailure failure) {
        stopUpload();
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
        stopUpload();
        leaveQueue();
        Carrier on = carrier;
        carrier = null;
        if (on != null) on.abort();
    }

    @Override
    public void release() {
        inbox.close();
        stopUpload();
        leaveQueue();
        Carrier on = carrier;
        carrier = null;
        if (on != null) on.drain();
    }
}
