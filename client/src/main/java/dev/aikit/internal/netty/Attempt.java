package dev.aikit.internal.netty;

import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The making of one connection: look up the name, try its addresses in turn, then proxy and TLS where wanted. */
final class Attempt implements Names.Answer {
    private static final String QUIET = "quiet";

    private final Pool pool;
    private final Origin origin;
    private final @Nullable URI proxy;
    private final long timeoutNanos;
    private final long startNanos = System.nanoTime();
    private IoLoop.@Nullable Timer timer;
    private InetAddress[] addresses = {};
    private int next;
    private @Nullable Throwable firstError;
    private @Nullable Tls tls;
    private @Nullable Channel channel;
    private String stage = "waiting for the name to be looked up";
    private boolean over;

    Attempt(Pool pool, long timeoutNanos) {
        this.pool = pool;
        this.origin = pool.origin;
        this.proxy = pool.loop.agent.proxy();
        this.timeoutNanos = timeoutNanos;
    }

    /** What it is at, for a message. */
    String stage() {
        return stage;
    }

    void start() {
        timer = pool.loop.later(() -> pool.tooSlow(this), timeoutNanos);
        if (origin.secure()) pool.loop.tls(this::prepared, error -> fail(Failures.noTls(origin, error)));
        else lookUp();
    }

    private void prepared(Tls ready) {
        tls = ready;
        lookUp();
    }

    private void lookUp() {
        if (over) return;
        pool.loop.names.lookUp(proxy == null ? origin.host() : Origin.withoutBrackets(proxy.getHost()), this);
    }

    @Override
    public void unknown(UnknownHostException why) {
        if (proxy == null) fail(Failures.unknownHost(origin, why));
        else fail(Failures.noConnection(origin, through(), "unknown host", why));
    }

    @Override
    public void found(InetAddress[] found) {
        addresses = found;
        connect();
    }

    private void connect() {
        if (over) return;
        InetAddress address = addresses[next++];
        stage = "connecting to " + (proxy == null ? address.getHostAddress() : Tunnel.name(proxy));
        try {
            connect(address, new Socket());
        } catch (ChannelException noSocket) {
            refused(noSocket);
        }
    }

    private void connect(InetAddress address, Socket socket) {
        channel = socket;
        pool.loop.eventLoop().register(socket);
        socket.config().setConnectTimeoutMillis(share());
        Future<?> tunnel = null;
        SocketAddress target = new InetSocketAddress(address, origin.port());
        if (proxy != null) {
            tunnel = Tunnel.through(proxy, address, socket.pipeline());
            target = InetSocketAddress.createUnresolved(origin.host(), origin.port());
        }
        Future<?> way = tunnel;
        socket.pipeline().addLast(QUIET, new Quiet());
        socket.connect(target).addListener(done -> {
            if (over) return;
            if (!done.isSuccess()) refused(done.cause());
            else if (way == null) reached(socket);
            else way.addListener(through -> tunnelled(socket, through));
        });
    }

    /** The time is shared out among the addresses, or else one that never answers would keep the others from being tried. */
    private int share() {
        int left = addresses.length - next;
        if (left == 0) return 0;
        long nanos = timeoutNanos - (System.nanoTime() - startNanos);
        return (int) Math.max(1, Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) / (left + 1), Integer.MAX_VALUE));
    }

    private void refused(Throwable cause) {
        if (firstError == null) firstError = cause;
        if (next < addresses.length) connect();
        else fail(Failures.noConnection(origin, through(), Failures.words(firstError), firstError));
    }

    private String through() {
        return proxy == null ? "" : " through the proxy " + Tunnel.name(proxy);
    }

    private void tunnelled(Channel open, Future<?> tunnel) {
        if (over) return;
        if (tunnel.isSuccess()) reached(open);
        else fail(Failures.noConnection(origin, through(), Tunnel.words(tunnel.cause()), tunnel.cause()));
    }

    private void reached(Channel open) {
        if (tls == null) {
            opened(open, "");
            return;
        }
        stage = "settling TLS";
        tls.secure(open.pipeline(), QUIET, origin).addListener((Future<String> protocol) -> {
            if (over) return;
            if (protocol.isSuccess()) opened(open, protocol.getNow());
            else fail(Failures.noTls(origin, protocol.cause()));
        });
    }

    private void opened(Channel open, String protocol) {
        finish();
        open.pipeline().remove(QUIET);
        if (protocol.equals("h2")) pool.opened(this, H2Connection.on(open, pool), true);
        else pool.opened(this, Http1Connection.on(open, pool), false);
    }

    private void fail(TransportFailure failure) {
        if (over) return;
        abort();
        pool.failed(this, failure);
    }

    private void finish() {
        over = true;
        if (timer != null) timer.cancel();
    }

    /** Gives up; the pool hears nothing of it. */
    void abort() {
        finish();
        if (channel != null) channel.close();
    }

    /** What goes wrong is told by the futures; Netty would log it too. */
    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Told by a future.
        }
    }
}
