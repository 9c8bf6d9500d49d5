package dev.aikit.local.internal.http;

import dev.aikit.internal.netty.NettyLogging;
import dev.aikit.local.internal.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The listening socket and its one event loop. All threads are daemons: a server does not keep a program alive. */
public final class HttpFront implements AutoCloseable {
    static {
        NettyLogging.settle();
    }

    private final EventLoopGroup loop;
    private final Channel listener;
    private final ChannelGroup connections;
    private final Limits limits;

    private HttpFront(EventLoopGroup loop, Channel listener, ChannelGroup connections, Limits limits) {
        this.loop = loop;
        this.listener = listener;
        this.connections = connections;
        this.limits = limits;
    }

    /**
     * Listens on the IPv4 loopback address.
     *
     * @param port 0 for any free port
     * @param requests what answers them; it is called on the event loop and must not block
     */
    public static HttpFront open(int port, Limits limits, Consumer<Exchange> requests) {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("aikit-local-http", true), NioIoHandler.newFactory());
        ChannelGroup connections =
                new DefaultChannelGroup(loop.next(), true); // closes a connection that is accepted while closing
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpServerKeepAliveHandler())
                                .addLast(new RequestAggregator(limits.bodyBytes()))
                                .addLast(new Connection(channel, limits, requests));
                    }
                });
        ChannelFuture bound =
                bootstrap.bind(new InetSocketAddress(loopback(), port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            String message = "cannot listen on port " + port + " of 127.0.0.1 (choose another one, or 0 for any): "
                    + bound.cause().getMessage();
            throw new UncheckedIOException(message, new IOException(message, bound.cause()));
        }
        return new HttpFront(loop, bound.channel(), connections, limits);
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Accepts no more, gives running answers their time, then ends those that still run with an error. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        onEach(Connection::closeWhenIdle);
        connections.newCloseFuture().awaitUninterruptibly(limits.grace().toMillis());
        onEach(Connection::abort);
        connections.newCloseFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void onEach(Consumer<Connection> action) {
        for (Channel channel : connections) {
            channel.eventLoop().execute(() -> {
                Connection connection = channel.pipeline().get(Connection.class);
                if (connection != null) action.accept(connection);
            });
        }
    }
}
