package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection that speaks HTTP/1.1: one exchange after the other. */
final class Http1Connection extends Connection implements Carrier, ResponseDecoder.Past {
    private final ResponseDecoder decoder;
    private @Nullable NettyExchange exchange;
    /** Of an exchange that was released: how its rest is passed over. */
    private @Nullable Drain drain;

    private boolean busy;
    private boolean usedBefore;
    private boolean requestWritten;
    private boolean interimAnswer;
    private boolean keepAlive;
    private boolean answered;

    private Http1Connection(Pool pool, Channel channel) {
        super(pool, channel);
        decoder = new ResponseDecoder(pool.loop.maxHeaderBytes, pool.loop.headerNames, pool.loop.wholeAnswers, this);
    }

    static Connection on(Channel channel, Pool pool) {
        Http1Connection connection = new Http1Connection(pool, channel);
        channel.pipeline().addLast(connection.decoder, connection);
        return connection;
    }

    @Override
    boolean hasRoom() {
        return !busy && channel.isActive();
    }

    @Override
    boolean isIdle() {
        return !busy;
    }

    @Override
    void begin(NettyExchange next) {
        busy = true;
        exchange = next;
        requestWritten = false;
        keepAlive = false;
        answered = false;
        decoder.expect(next.call().method().equals("HEAD"));
        if (next.begin(this)) Http1Request.send(channel, next, this::written);
    }

    private void written(ChannelFuture future) {
        requestWritten = future.isSuccess();
        // A lost connection is left to the reading side: the server may have answered before it stopped to take the
        // request.
        if (!requestWritten && !(future.cause() instanceof IOException)) fail(Failures.unsendable(future.cause()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean awaited = (exchange != null || drain != null) && !answered;
        DecoderResult result = ((HttpObject) message).decoderResult();
        if (!awaited) {
            // Given up, or more than was asked for.
            keepAlive = false;
            ReferenceCountUtil.release(message);
        } else if (result.isFailure()) {
            ReferenceCountUtil.release(message);
            String where = message instanceof HttpResponse ? "in its head" : "in its body";
            fail(Failures.unreadable(pool.origin, where, result.cause()));
        } else {
            if (message instanceof HttpResponse response) head(response);
            if (message instanceof HttpContent content) content(content);
        }
    }

    private void head(HttpResponse response) {
        int status = response.status().code();
        interimAnswer = status < 200;
        if (status == 101) fail(Failures.protocol(pool.origin, "by another protocol, which was not asked for"));
        if (interimAnswer) return;
        keepAlive = HttpUtil.isKeepAlive(response);
        head(status, response.status().reasonPhrase(), (AnswerHeaders) response.headers());
    }

    private void head(int status, String statusText, AnswerHeaders headers) {
        if (exchange != null) exchange.head(new HttpHead(status, statusText, headers.taken()));
    }

    private void content(HttpContent content) {
        if (interimAnswer) {
            content.release();
            return;
        }
        answered = content instanceof LastHttpContent;
        int length = content.content().readableBytes();
        body(content.content(), length);
        if (drain != null && !answered) drain.passed(length);
    }

    private void body(ByteBuf bytes, int length) {
        if (exchange == null || length == 0) {
            bytes.release();
        } else if (length <= Gathering.LARGEST_PIECE) {
            pool.loop.gathering.add(exchange, bytes);
        } else {
            NettyExchange to = exchange;
            pool.loop.gathering.handOn();
            to.body(bytes); // which takes it even if it was ended just now
        }
    }

    @Override
    public void answer(AnswerHeaders headers, ByteBuf body) {
        interimAnswer = false;
        keepAlive = !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        head(200, "OK", headers);
        answered = true;
        body(body, body.readableBytes());
    }

    /** It may be of an answer that nobody asked for. */
    @Override
    public void chunk(ByteBuffer from, int at, int length) {
        if (answered) return;
        if (exchange != null) pool.loop.gathering.add(exchange, from, at, length);
        else if (drain != null) drain.passed(length);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        pool.loop.gathering.handOn();
        if (answered && busy) complete();
    }

    /** The connection goes back first, so that what the listener does next finds it. */
    private void complete() {
        NettyExchange ended = exchange;
        exchange = null;
        decoder.expectNothing();
        stopDraining();
        usedBefore = true;
        busy = false;
        channel.config().setAutoRead(true);
        if (keepAlive && requestWritten && channel.isActive() && !decoder.hasLeftovers()) pool.hasRoom(this);
        else closeNow();
        if (ended != null) ended.end();
    }

    private void stopDraining() {
        if (drain != null) drain.stop();
        drain = null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lose(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lose(cause);
    }

    private void lose(@Nullable Throwable cause) {
        keepAlive = false;
        pool.loop.gathering.handOn();
        if (answered && busy) complete();
        else fail(Failures.lost(pool.origin, !decoder.hasBegun(), usedBefore, cause));
    }

    @Override
    void fail(TransportFailure failure) {
        pool.loop.gathering.handOn();
        NettyExchange failed = exchange;
        abort();
        if (failed != null) failed.failed(failure);
    }

    @Override
    public void reading(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    @Override
    public void abort() {
        exchange = null;
        stopDraining();
        decoder.expectNothing();
        closeNow();
    }

    @Override
    public void drain() {
        exchange = null;
        drain = new Drain(pool.loop, this::abort);
        channel.config().setAutoRead(true);
    }
}
