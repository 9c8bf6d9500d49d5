package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/** Writes one request: in one go if it is of ordinary size, else piece by piece as the socket takes it. */
final class Http1Request implements ChannelFutureListener {
    /** Netty copies what it writes out of the heap: so much of it at a time. */
    private static final int PIECE = 256 * 1024;

    private static final HttpHeadersFactory NOT_CHECKED_AGAIN =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private final Channel channel;
    private final byte[] body;
    private final ChannelFutureListener written;
    private int at;

    private Http1Request(Channel channel, byte[] body, ChannelFutureListener written) {
        this.channel = channel;
        this.body = body;
        this.written = written;
    }

    /** Sends the call and says when all of it is written, or that it cannot be. */
    static void send(Channel channel, NettyExchange exchange, Origin origin, ChannelFutureListener written) {
        HttpCall call = exchange.call();
        HttpHeaders headers = headers(call, exchange.bodyLength(), origin);
        HttpMethod method = HttpMethod.valueOf(call.method());
        String target = Requests.target(call.uri());
        Upload upload = exchange.upload();
        if (upload != null) {
            channel.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers));
            upload.into((piece, last, taken) -> channel.writeAndFlush(content(piece, last))
                    .addListener(taken)
                    .addListener((ChannelFuture done) -> {
                        if (last || !done.isSuccess()) written.operationComplete(done);
                    }));
            return;
        }
        byte[] body = ((HttpBody.Bytes) call.body()).bytes();
        if (body.length <= PIECE) {
            channel.writeAndFlush(new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            method,
                            target,
                            Unpooled.wrappedBuffer(body),
                            headers,
                            EmptyHttpHeaders.INSTANCE))
                    .addListener(written);
            return;
        }
        channel.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers));
        new Http1Request(channel, body, written).writeNext();
    }

    private static HttpHeaders headers(HttpCall call, long length, Origin origin) {
        HttpHeaders headers = NOT_CHECKED_AGAIN.newHeaders();
        headers.add("host", origin.authority());
        for (Map.Entry<String, String> header : call.headers().entrySet())
            if (!Requests.isOurs(header.getKey())) headers.add(header.getKey(), header.getValue());
        if (Requests.hasContentLength(call, length)) headers.add("content-length", Long.toString(length));
        if (length < 0) headers.add("transfer-encoding", "chunked");
        return headers;
    }

    private void writeNext() {
        int length = Math.min(PIECE, body.length - at);
        ByteBuf piece = Unpooled.wrappedBuffer(body, at, length);
        at += length;
        boolean last = at == body.length;
        channel.writeAndFlush(content(piece, last)).addListener(last ? written : this);
    }

    private static HttpContent content(ByteBuf piece, boolean last) {
        return last ? new DefaultLastHttpContent(piece) : new DefaultHttpContent(piece);
    }

    @Override
    public void operationComplete(ChannelFuture future) throws Exception {
        if (future.isSuccess()) writeNext();
        else written.operationComplete(future);
    }
}
