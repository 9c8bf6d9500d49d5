package dev.aikit.internal.netty;

import dev.aikit.internal.http.TransportFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection that speaks HTTP/2: many exchanges at a time, each on a stream. */
final class H2Connection extends Connection {
    /** How long a server may take to answer a ping before its connection is not used for more exchanges. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int LAST_STREAM = Integer.MAX_VALUE - 16;

    final H2Handler handler;
    private final IntObjectMap<H2Stream> streams = new IntObjectHashMap<>();
    /** One, until the server has said how many; the pool does not open another connection before. */
    private int maxStreams = 1;

    private boolean settled;
    private boolean retired;
    private boolean usedBefore;
    private @Nullable Throwable readError;
    private @Nullable Throwable writeError;
    private long heard;
    private boolean probing;

    private H2Connection(Pool pool, Channel channel) {
        super(pool, channel);
        handler = H2Handler.of(this, pool.loop.maxHeaderBytes);
    }

    /** As a general connection, so that a call in plain HTTP/1.1 does not load the classes of HTTP/2. */
    static Connection on(Channel channel, Pool pool) {
        H2Connection connection = new H2Connection(pool, channel);
        connection.handler.connection().addListener(connection.new Streams());
        channel.pipeline().addLast(connection.handler, connection);
        connection.widen();
        return connection;
    }

    /** Streams have windows of their own; a paused one must not use up what all have in common. */
    private void widen() {
        Http2Connection connection = handler.connection();
        Http2LocalFlowController flow = connection.local().flowController();
        try {
            flow.incrementWindowSize(
                    connection.connectionStream(), Integer.MAX_VALUE - flow.windowSize(connection.connectionStream()));
            channel.flush();
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Nullable
    H2Stream stream(int id) {
        return streams.get(id);
    }

    ChannelHandlerContext context() {
        return channel.pipeline().context(handler);
    }

    @Override
    boolean hasRoom() {
        return !retired && streams.size() < maxStreams && channel.isActive();
    }

    @Override
    boolean isIdle() {
        return streams.isEmpty();
    }

    @Override
    void begin(NettyExchange exchange) {
        int id = handler.connection().local().incrementAndGetNextStreamId();
        H2Stream stream = new H2Stream(this, id, exchange, usedBefore, heard);
        streams.put(id, stream);
        if (id >= LAST_STREAM) retire();
        stream.begin();
    }

    void settings(Http2Settings settings) {
        Long most = settings.maxConcurrentStreams();
        if (most != null) maxStreams = (int) Math.max(1, Math.min(most, Integer.MAX_VALUE));
        else if (!settled) maxStreams = Integer.MAX_VALUE;
        settled = true;
        pool.settled(this);
    }

    /** The stream has ended, one way or the other. */
    void ended(int id, boolean whole) {
        usedBefore |= whole;
        streams.remove(id);
        if (!retired) pool.hasRoom(this);
        else if (streams.isEmpty()) channel.close();
    }

    /** No more streams; the connection closes when the last has ended. */
    private void retire() {
        retired = true;
        pool.retired(this);
        if (streams.isEmpty()) channel.close();
    }

    /** Netty closes the connection after this. */
    void broken(boolean inWriting, Throwable cause) {
        if (inWriting) writeError = cause;
        else readError = cause;
        retire();
    }

    /** What the server said counts for more than that it did not take what it was sent afterwards. */
    TransportFailure lost(boolean unanswered, boolean usedBefore) {
        if (readError instanceof Http2Exception) return Failures.unreadable(pool.origin, "in its frames", readError);
        return Failures.lost(pool.origin, unanswered, usedBefore, readError != null ? readError : writeError);
    }

    void heardFromServer() {
        heard++;
    }

    /** A stream has been given up: if nothing at all has come since it began, the server may be out of reach. */
    void abandoned(long heardAtBegin) {
        if (heard != heardAtBegin || probing || retired) return;
        probing = true;
        handler.encoder().writePing(context(), false, heard, channel.newPromise());
        channel.flush();
        pool.loop.later(
                () -> {
                    probing = false;
                    if (heard == heardAtBegin && !retired) retire();
                },
                SILENCE_NANOS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (readError == null) readError = cause;
        closeNow();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // Those of which Netty does not know: their request was not sent.
        for (H2Stream stream : List.copyOf(streams.values())) stream.closed();
    }

    @Override
    void fail(TransportFailure failure) {
        for (H2Stream stream : List.copyOf(streams.values())) stream.fail(failure);
        closeNow();
    }

    private final class Streams extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream closed) {
            H2Stream stream = streams.get(closed.id());
            if (stream != null) stream.closed();
        }

        @Override
        public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
            retire();
        }
    }
}
