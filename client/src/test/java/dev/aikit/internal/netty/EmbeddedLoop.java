package dev.aikit.internal.netty;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * A loop whose connections are no sockets: what a server sends, byte by byte, is put into the pipeline that reads
 * HTTP, as a socket would, and then the connection is closed.
 *
 * @param pieces of what is sent, heads and all; each comes with a read of its own
 * @param http2 whether it is read as HTTP/2, else as HTTP/1.1
 */
public record EmbeddedLoop(List<ByteBuffer> pieces, int maxHeaderBytes, boolean http2) implements IoLoop {
    /** The stream of HTTP/2 on which the one request of a connection is sent. */
    static final int FIRST_STREAM = 3;

    private static final NettyLoop THREAD = loop(64 * 1024);

    /** With a server of HTTP/1.1. */
    public EmbeddedLoop(List<ByteBuffer> pieces, int maxHeaderBytes) {
        this(pieces, maxHeaderBytes, false);
    }

    private static NettyLoop loop(int maxHeaderBytes) {
        return new NettyLoop(HttpAgent.defaults(), 1, maxHeaderBytes, new NameThreads());
    }

    @Override
    public boolean isCurrentThread() {
        return THREAD.isCurrentThread();
    }

    @Override
    public void execute(Runnable task) {
        THREAD.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        return () -> {};
    }

    @Override
    public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
        NettyLoop limited = maxHeaderBytes == THREAD.maxHeaderBytes ? THREAD : loop(maxHeaderBytes);
        EmbeddedChannel channel = new EmbeddedChannel();
        Pool pool = new Pool(limited, Origin.of(call.uri()));
        Connection connection = http2 ? H2Connection.on(channel, pool) : Http1Connection.on(channel, pool);
        NettyExchange exchange = new NettyExchange(call, Long.MAX_VALUE, listener, THREAD);
        exchange.prepared(Preamble.of(call, null));
        connection.begin(exchange);
        THREAD.execute(() -> feed(channel));
        return exchange;
    }

    private void feed(EmbeddedChannel channel) {
        for (ByteBuffer piece : pieces)
            if (channel.isOpen() && piece.hasRemaining())
                channel.writeInbound(Unpooled.wrappedBuffer(piece.duplicate()));
        channel.finishAndReleaseAll();
    }
}
