package dev.aikit.internal.netty;

import dev.aikit.testkit.ScriptedServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A server of HTTP/2 over TLS, which answers nothing by itself: the test takes each stream and does what it likes to it. */
final class H2Server implements AutoCloseable {
    private static final HeldCertificate CERTIFICATE =
            new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    private static final AttributeKey<CompletableFuture<Void>> PONG = AttributeKey.valueOf("pong");

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel listener;
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final List<Channel> connections = new CopyOnWriteArrayList<>();

    H2Server(long maxStreams) throws Exception {
        SslContext tls = SslContextBuilder.forServer(CERTIFICATE.keyPair().getPrivate(), CERTIFICATE.certificate())
                .sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc()),
                                        Http2FrameCodecBuilder.forServer()
                                                .initialSettings(new Http2Settings().maxConcurrentStreams(maxStreams))
                                                .decoupleCloseAndGoAway(true)
                                                .validateHeaders(false)
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new Stream(stream, streams));
                                            }
                                        }),
                                        new Pongs());
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .sync()
                .channel();
    }

    /** What a client must trust. */
    static SSLContext trust() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(CERTIFICATE.certificate())
                .build()
                .sslContext();
    }

    URI uri(String path) {
        return URI.create("https://localhost:" + port() + path);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Waits for the next stream whose request has begun. */
    Stream take() throws InterruptedException {
        Stream stream = streams.poll(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
        if (stream == null) throw new AssertionError("no request came");
        return stream;
    }

    int connections() {
        return connections.size();
    }

    Channel connection(int index) {
        return connections.get(index);
    }

    void awaitClosed(int connection) throws Exception {
        connections.get(connection).closeFuture().get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** When this returns, the client has seen all that it was sent, and its answers to that have come. */
    void pingPong(int connection) throws Exception {
        CompletableFuture<Void> pong = new CompletableFuture<>();
        connections.get(connection).attr(PONG).set(pong);
        connections.get(connection).writeAndFlush(new DefaultHttp2PingFrame(1));
        pong.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Says that no stream after this one was, or will be, processed. */
    void goAway(Stream last) throws Exception {
        Channel connection = last.channel.parent();
        Http2FrameCodec codec = connection.pipeline().get(Http2FrameCodec.class);
        connection
                .eventLoop()
                .submit(() -> {
                    ChannelHandlerContext context = connection.pipeline().context(codec);
                    codec.goAway(
                            context,
                            ((Http2StreamChannel) last.channel).stream().id(),
                            Http2Error.NO_ERROR.code(),
                            Unpooled.EMPTY_BUFFER,
                            context.newPromise());
                    connection.flush();
                })
                .sync();
    }

    /** From now on the connection stays open, and nothing that comes on it is heard. */
    void fallSilent(int connection) throws Exception {
        Channel channel = connections.get(connection);
        channel.eventLoop()
                .submit(() -> channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        ReferenceCountUtil.release(message);
                    }
                }))
                .sync();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private static final class Pongs extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2PingFrame ping && ping.ack())
                context.channel().attr(PONG).get().complete(null);
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** One request, and what the test answers. */
    static final class Stream extends ChannelInboundHandlerAdapter {
        final CompletableFuture<String> body = new CompletableFuture<>();
        final CompletableFuture<Long> reset = new CompletableFuture<>();
        final AtomicLong written = new AtomicLong();
        volatile Http2Headers headers;
        private final Channel channel;
        private final BlockingQueue<Stream> begun;
        private final ByteBuf received = Unpooled.buffer();

        Stream(Channel channel, BlockingQueue<Stream> begun) {
            this.channel = channel;
            this.begun = begun;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            boolean end = false;
            if (message instanceof Http2HeadersFrame frame) {
                headers = frame.headers();
                end = frame.isEndStream();
                begun.add(this);
            } else if (message instanceof Http2DataFrame frame) {
                received.writeBytes(frame.content());
                end = frame.isEndStream();
            }
            if (end) body.complete(received.toString(StandardCharsets.UTF_8));
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame frame) reset.complete(frame.errorCode());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            body.completeExceptionally(cause);
        }

        /** The number of the connection, from 0. */
        int connection(H2Server server) {
            return server.connections.indexOf(channel.parent());
        }

        /** Stops to take the body of the request. */
        Stream readNoMore() {
            channel.config().setAutoRead(false);
            return this;
        }

        Stream head(String status, boolean end, String... namesAndValues) {
            Http2Headers head = new DefaultHttp2Headers(false);
            if (!status.isEmpty()) head.status(status);
            for (int i = 0; i < namesAndValues.length; i += 2) head.add(namesAndValues[i], namesAndValues[i + 1]);
            channel.writeAndFlush(new DefaultHttp2HeadersFrame(head, end));
            return this;
        }

        Stream data(String text, boolean end) {
            channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), end));
            return this;
        }

        /** Writes zeros as far as the client lets it; {@link #written} counts. */
        Stream zeros(int megabytes) {
            for (int i = 0; i < megabytes * 64; i++) {
                channel.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[16 * 1024]), false))
                        .addListener(done -> written.addAndGet(done.isSuccess() ? 16 * 1024 : 0));
            }
            channel.flush();
            return this;
        }

        Stream answer(String text) {
            return head("200", false).data(text, true);
        }

        void reset(Http2Error error) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
        }
    }
}
