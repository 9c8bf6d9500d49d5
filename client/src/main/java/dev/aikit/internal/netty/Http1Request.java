package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes one request: in one go if it is of ordinary size, else piece by piece as the socket takes it. The head is put together
 * here and not by Netty's encoder, whose many steps are a tenth of what a call costs a program that has just started.
 */
final class Http1Request implements ChannelFutureListener {
    /** Netty copies what it writes out of the heap: so much of it at a time. */
    private static final int PIECE = 256 * 1024;

    private static final String LINE_END = "\r\n";

    private final Channel channel;
    private final byte[] body;
    private final ChannelFutureListener written;
    private int at;

    private Http1Request(Channel channel, byte[] body, ChannelFutureListener written) {
        this.channel = channel;
        this.body = body;
        this.written = written;
    }

    /** Sends the call, which has no {@link Requests#flaw}, and says when all of it is written, or that it cannot be. */
    static void send(Channel channel, NettyExchange exchange, Origin origin, ChannelFutureListener written) {
        HttpCall call = exchange.call();
        long length = exchange.bodyLength();
        byte[] head = head(call, length, origin);
        Upload upload = exchange.upload();
        if (upload != null) {
            channel.write(Unpooled.wrappedBuffer(head));
            upload.into((piece, last, taken) -> channel.writeAndFlush(length < 0 ? chunk(piece, last) : piece)
                    .addListener(taken)
                    .addListener((ChannelFuture done) -> {
                        if (last || !done.isSuccess()) written.operationComplete(done);
                    }));
            return;
        }
        byte[] body = ((HttpBody.Bytes) call.body()).bytes();
        if (body.length <= PIECE) {
            ByteBuf all = channel.alloc().directBuffer(head.length + body.length);
            channel.writeAndFlush(all.writeBytes(head).writeBytes(body)).addListener(written);
            return;
        }
        channel.write(Unpooled.wrappedBuffer(head));
        new Http1Request(channel, body, written).writeNext();
    }

    private static byte[] head(HttpCall call, long length, Origin origin) {
        StringBuilder head = new StringBuilder(512);
        head.append(call.method())
                .append(' ')
                .append(Requests.target(call.uri()))
                .append(" HTTP/1.1");
        head.append(LINE_END);
        header(head, "host", origin.authority());
        for (Map.Entry<String, String> header : call.headers().entrySet())
            if (!Requests.isOurs(header.getKey())) header(head, header.getKey(), header.getValue());
        if (Requests.hasContentLength(call, length)) header(head, "content-length", Long.toString(length));
        if (length < 0) header(head, "transfer-encoding", "chunked");
        return ascii(head.append(LINE_END).toString());
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append(LINE_END);
    }

    /** What is not ASCII stands in values only, and is sent as Latin-1. */
    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An empty chunk would be the end of all. */
    private static ByteBuf chunk(ByteBuf piece, boolean last) {
        int size = piece.readableBytes();
        String before = size == 0 ? "" : Integer.toHexString(size) + LINE_END;
        String after = (size == 0 ? "" : LINE_END) + (last ? "0" + LINE_END + LINE_END : "");
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(ascii(before)), piece, Unpooled.wrappedBuffer(ascii(after)));
    }

    private void writeNext() {
        int length = Math.min(PIECE, body.length - at);
        ByteBuf piece = Unpooled.wrappedBuffer(body, at, length);
        at += length;
        channel.writeAndFlush(piece).addListener(at == body.length ? written : this);
    }

    @Override
    public void operationComplete(ChannelFuture future) throws Exception {
        if (future.isSuccess()) writeNext();
        else written.operationComplete(future);
    }
}
