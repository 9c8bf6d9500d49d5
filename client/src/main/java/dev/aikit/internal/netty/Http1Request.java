package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;

/**
 * Writes one request: in one go if it is of ordinary size, else piece by piece as the socket takes it. Its head comes from the
 * {@link Preamble} and not from Netty's encoder, whose many steps are a tenth of what a call costs a program that has just started.
 */
final class Http1Request implements ChannelFutureListener {
    /** Netty copies what it writes out of the heap: so much of it at a time. */
    private static final int PIECE = 256 * 1024;

    private final Channel channel;
    private final byte[] body;
    private final ChannelFutureListener written;
    private int at;

    private Http1Request(Channel channel, byte[] body, ChannelFutureListener written) {
        this.channel = channel;
        this.body = body;
        this.written = written;
    }

    /** Sends the call, which has no {@link Preamble#flaw}, and says when all of it is written, or that it cannot be. */
    static void send(Channel channel, NettyExchange exchange, ChannelFutureListener written) {
        HttpCall call = exchange.call();
        long length = exchange.bodyLength();
        byte[] head = exchange.preamble().bytes();
        byte[] endOfHead = endOfHead(call, length);
        Upload upload = exchange.upload();
        if (upload != null) {
            channel.write(Unpooled.wrappedBuffer(head, endOfHead));
            upload.into((piece, last, taken) -> channel.writeAndFlush(length < 0 ? chunk(piece, last) : piece)
                    .addListener(taken)
                    .addListener((ChannelFuture done) -> {
                        if (last || !done.isSuccess()) written.operationComplete(done);
                    }));
            return;
        }
        byte[] body = ((HttpBody.Bytes) call.body()).bytes();
        if (body.length <= PIECE) {
            ByteBuf all = channel.alloc().directBuffer(head.length + endOfHead.length + body.length);
            all.writeBytes(head).writeBytes(endOfHead).writeBytes(body);
            channel.writeAndFlush(all).addListener(written);
            return;
        }
        channel.write(Unpooled.wrappedBuffer(head, endOfHead));
        new Http1Request(channel, body, written).writeNext();
    }

    /** The last lines of the head, which say where the body ends. */
    private static byte[] endOfHead(HttpCall call, long length) {
        String line = length < 0
                ? "transfer-encoding: chunked" + Preamble.LINE_END
                : Requests.hasContentLength(call, length) ? "content-length: " + length + Preamble.LINE_END : "";
        return ascii(line + Preamble.LINE_END);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** An empty chunk would be the end of all. */
    private static ByteBuf chunk(ByteBuf piece, boolean last) {
        int size = piece.readableBytes();
        String before = size == 0 ? "" : Integer.toHexString(size) + Preamble.LINE_END;
        String after = (size == 0 ? "" : Preamble.LINE_END) + (last ? "0" + Preamble.LINE_END + Preamble.LINE_END : "");
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
