package dev.aikit.internal.netty;

import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** Hands the pieces of an answer to the listener, one after the other, and keeps them while the listener wants none. */
final class Inbox {
    private static final Object END = new Object();
    /** Then others have their turn: a few compressed bytes may be a thousand pieces. */
    private static final int MOST_IN_ONE_GO = 64;

    private final ExchangeListener listener;
    private final NettyExchange exchange;
    private final NettyLoop loop;
    /** Heads, buffers, failures and {@link #END}, in the order of arrival. */
    private final Deque<Object> pieces = new ArrayDeque<>(4);

    private @Nullable Inflation inflation;
    private boolean paused;
    private boolean handing;
    private boolean resting;
    private boolean closed;

    Inbox(ExchangeListener listener, NettyExchange exchange, NettyLoop loop) {
        this.listener = listener;
        this.exchange = exchange;
        this.loop = loop;
    }

    void connected() {
        if (!closed) guarded(listener::connected);
    }

    void sent(long bytes, long total, boolean waiting) {
        if (!closed) guarded(() -> listener.sent(bytes, total, waiting));
    }

    void sentAll() {
        if (!closed) guarded(listener::sentAll);
    }

    void head(HttpHead head) {
        offer(head);
    }

    void body(ByteBuf bytes) {
        offer(bytes);
    }

    /** The same for bytes that are the caller's again when this returns. */
    void shared(ByteBuffer bytes) {
        offer(isFree() && inflation == null ? bytes : Unpooled.copiedBuffer(bytes));
    }

    void end() {
        offer(END);
    }

    void failed(TransportFailure failure) {
        if (failure.reason() == Reason.CLOSED && (paused || resting) && !closed) {
            // The loop ends: there is no later.
            drop();
            paused = false;
            resting = false;
        }
        offer(failure);
    }

    void reading(boolean wanted) {
        if (closed || paused != wanted) return;
        paused = !wanted;
        if (wanted) handOver(null);
        // The listener may have changed its mind.
        if (!closed && paused != wanted && !resting) exchange.readFromCarrier(wanted);
    }

    boolean isPaused() {
        return paused;
    }

    /** The listener hears nothing more. */
    void close() {
        closed = true;
        drop();
    }

    private void drop() {
        if (inflation != null) inflation.close();
        inflation = null;
        pieces.forEach(ReferenceCountUtil::release);
        pieces.clear();
    }

    private void offer(Object piece) {
        if (closed) {
            ReferenceCountUtil.release(piece);
            return;
        }
        boolean atOnce = isFree();
        if (!atOnce) pieces.addLast(piece);
        handOver(atOnce ? piece : null);
    }

    /** Whether a piece that comes is handed on before anything else happens. */
    private boolean isFree() {
        return !handing && !resting && !paused && pieces.isEmpty();
    }

    private void handOver(@Nullable Object first) {
        if (handing || resting) return;
        handing = true;
        Object next = first != null ? first : next();
        for (int done = 1; next != null; done++) {
            hand(next);
            next = done < MOST_IN_ONE_GO ? next() : null;
        }
        handing = false;
        if (isToBeHanded()) rest();
    }

    private @Nullable Object next() {
        return isToBeHanded() ? pieces.removeFirst() : null;
    }

    private boolean isToBeHanded() {
        return !closed && !paused && !pieces.isEmpty();
    }

    /** Not as a task of now, for those go before what has come from the network. */
    private void rest() {
        resting = true;
        exchange.readFromCarrier(false);
        loop.later(this::goOn, 0);
    }

    private void goOn() {
        resting = false;
        handOver(null);
        if (!closed && !paused && !resting) exchange.readFromCarrier(true);
    }

    private void hand(Object piece) {
        try {
            handOne(piece);
        } catch (Throwable error) {
            broken(error);
        }
    }

    private void handOne(Object piece) {
        if (piece instanceof ByteBuf bytes) handBody(bytes);
        else if (piece instanceof ByteBuffer bytes) listener.body(bytes);
        else if (piece instanceof HttpHead head) listener.head(opened(head));
        else if (piece instanceof TransportFailure failure) last(() -> listener.failed(failure));
        else if (inflation != null && !inflation.isComplete()) last(() -> listener.failed(Failures.cutInside()));
        else last(listener::end);
    }

    private HttpHead opened(HttpHead head) {
        inflation = Inflation.of(head);
        return inflation == null ? head : Inflation.without(head);
    }

    private void last(Runnable event) {
        close();
        event.run();
    }

    private void handBody(ByteBuf bytes) {
        if (inflation == null) {
            try {
                handBytes(bytes);
            } finally {
                bytes.release();
            }
            return;
        }
        ByteBuffer some;
        try {
            some = inflation.next(bytes);
        } catch (DataFormatException error) {
            bytes.release();
            exchange.cancel();
            listener.failed(Failures.notInflatable(error));
            return;
        }
        if (some == null) {
            bytes.release();
        } else {
            pieces.addFirst(bytes);
            listener.body(some);
        }
    }

    private void handBytes(ByteBuf bytes) {
        boolean inOnePart = bytes.nioBufferCount() == 1;
        listener.body(inOnePart ? bytes.nioBuffer() : ByteBuffer.wrap(ByteBufUtil.getBytes(bytes)));
    }

    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (Throwable error) {
            broken(error);
        }
    }

    private void broken(Throwable error) {
        System.getLogger(Inbox.class.getName())
                .log(System.Logger.Level.ERROR, "The handling of an answer failed; its exchange is cancelled", error);
        boolean over = closed;
        exchange.cancel();
        if (!over) guarded(() -> listener.failed(Failures.listener(error)));
    }
}
