package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One exchange on an HTTP/2 connection. */
final class H2Stream implements Carrier {
    /** Of one connection of HTTP/1.1; a server may refuse a stream that has one of them. */
    private static final Set<String> NOT_IN_HTTP_2 =
            Set.of("connection", "keep-alive", "proxy-connection", "upgrade", "te");

    private final H2Connection connection;
    private final int id;
    private final boolean usedBefore;
    private final long heardAtBegin;
    private @Nullable NettyExchange exchange;
    private @Nullable Drain drain;
    private @Nullable TransportFailure failure;
    private boolean sent;
    private boolean answering;
    private boolean answered;
    private boolean paused;
    private int unconsumed;

    H2Stream(H2Connection connection, int id, NettyExchange exchange, boolean usedBefore, long heardAtBegin) {
        this.connection = connection;
        this.id = id;
        this.exchange = exchange;
        this.usedBefore = usedBefore;
        this.heardAtBegin = heardAtBegin;
    }

    void begin() {
        NettyExchange beginning = exchange;
        if (beginning == null || !beginning.begin(this)) return;
        sent = true;
        HttpCall call = beginning.call();
        Channel channel = connection.channel;
        long length = beginning.bodyLength();
        boolean bodyFollows = length != 0;
        connection
                .handler
                .encoder()
                .writeHeaders(connection.context(), id, headers(call, length), 0, !bodyFollows, channel.newPromise())
                .addListener(done -> {
                    if (!done.isSuccess()) notSent(done.cause());
                });
        Upload upload = beginning.upload();
        if (bodyFollows && call.body() instanceof HttpBody.Bytes body)
            write(Unpooled.wrappedBuffer(body.bytes()), true);
        channel.flush();
        if (bodyFollows && upload != null)
            upload.into((piece, last, taken) -> {
                write(piece, last).addListener(taken);
                channel.flush();
            });
    }

    private ChannelFuture write(ByteBuf data, boolean last) {
        return connection
                .handler
                .encoder()
                .writeData(connection.context(), id, data, 0, last, connection.channel.newPromise());
    }

    private Http2Headers headers(HttpCall call, long length) {
        Origin origin = connection.pool.origin;
        Http2Headers headers = new DefaultHttp2Headers(false);
        headers.method(call.method())
                .scheme("https")
                .authority(origin.authority())
                .path(Requests.target(call.uri()));
        for (Map.Entry<String, String> header : call.headers().entrySet())
            if (!Requests.isOurs(header.getKey()) && !NOT_IN_HTTP_2.contains(header.getKey()))
                headers.add(header.getKey(), header.getValue());
        if (Requests.hasContentLength(call, length)) headers.setLong("content-length", length);
        return headers;
    }

    /** Where the connection is lost, its end says how; else this stream was one too many for it. */
    private void notSent(Throwable cause) {
        if (!(cause instanceof Http2Exception)) return;
        failure = Failures.reset(connection.pool.origin, true, "the connection takes no more streams");
        closed();
    }

    void headers(Http2Headers headers, boolean end) {
        if (!answering) {
            int status = status(headers);
            answering = status >= 200;
            if (status < 100 || end && !answering) {
                breach("in its head (no valid status)");
                return;
            }
            if (answering && exchange != null)
                exchange.head(new HttpHead(
                        status, usualWords(status), Heads.of(headers.iterator(), connection.pool.loop.headerNames)));
        }
        if (end) answered();
    }

    private void breach(String what) {
        failure = Failures.protocol(connection.pool.origin, what);
        resetBy(Http2Error.PROTOCOL_ERROR);
    }

    private static String usualWords(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    private static int status(Http2Headers headers) {
        CharSequence status = headers.status();
        try {
            return status == null ? 0 : Integer.parseInt(status.toString());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** How much of the stream's window is free again. */
    int data(ByteBuf data, int padding, boolean end) {
        int bytes = data.readableBytes() + padding;
        if (!answering) breach("in its body (which comes before its head)");
        else if (exchange != null && data.isReadable()) exchange.body(data.retain());
        if (drain != null) drain.passed(bytes);
        if (end && answering) answered();
        if (!paused || exchange == null) return bytes;
        unconsumed += bytes;
        return 0;
    }

    /** The stream is closed right after this, unless the request is still being sent. */
    private void answered() {
        answered = true;
        Http2Stream stream = stream();
        if (stream != null && stream.state().localSideOpen()) resetBy(Http2Error.CANCEL);
    }

    private @Nullable Http2Stream stream() {
        return connection.handler.connection().stream(id);
    }

    /** Netty resets the stream after this. */
    void broken(Http2Exception error) {
        if (failure == null) failure = Failures.unreadable(connection.pool.origin, "in its frames", error);
    }

    void reset(long errorCode) {
        if (answered || failure != null) return;
        Http2Error error = Http2Error.valueOf(errorCode);
        String how = "the server reset the stream: " + (error == null ? "error " + errorCode : error);
        boolean notProcessed = error == Http2Error.REFUSED_STREAM;
        failure = Failures.reset(connection.pool.origin, notProcessed, how);
    }

    /** Netty has closed the stream, for whatever reason. */
    void closed() {
        if (connection.stream(id) != this) return;
        NettyExchange ended = exchange;
        exchange = null;
        if (drain != null) drain.stop();
        connection.ended(id, answered);
        if (ended == null) return;
        if (answered) ended.end();
        else ended.failed(failure != null ? failure : lost());
    }

    private TransportFailure lost() {
        Http2Connection http2 = connection.handler.connection();
        boolean notProcessed = http2.goAwayReceived() && id > http2.local().lastStreamKnownByPeer();
        if (notProcessed) return Failures.reset(connection.pool.origin, true, "the server is closing the connection");
        return connection.lost(!answering, usedBefore);
    }

    void fail(TransportFailure reason) {
        NettyExchange failed = exchange;
        exchange = null;
        if (failed != null) failed.failed(reason);
    }

    @Override
    public void reading(boolean wanted) {
        paused = !wanted;
        Http2Stream stream = stream();
        if (paused || unconsumed == 0 || stream == null) return;
        int free = unconsumed;
        unconsumed = 0;
        try {
            connection.handler.connection().local().flowController().consumeBytes(stream, free);
        } catch (Http2Exception error) {
            connection.exceptionCaught(connection.context(), error);
        }
        connection.channel.flush();
    }

    @Override
    public void abort() {
        exchange = null;
        if (sent) {
            resetBy(Http2Error.CANCEL);
            connection.abandoned(heardAtBegin);
        } else {
            closed();
        }
    }

    private void resetBy(Http2Error error) {
        connection
                .handler
                .encoder()
                .writeRstStream(connection.context(), id, error.code(), connection.channel.newPromise());
        connection.channel.flush();
    }

    @Override
    public void drain() {
        exchange = null;
        drain = new Drain(connection.pool.loop, this::abort);
        if (paused) reading(true);
    }
}
