package dev.aikit;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made and kept: proxy, certificates, pool. Immutable: each setter returns a changed copy. A client
 * keeps one set of connections for each agent that it is given (equal by identity), so make an agent once and share it.
 */
public final class HttpAgent {
    private static final HttpAgent DEFAULT = new HttpAgent();

    private @Nullable URI proxy;
    private @Nullable SSLContext sslContext;
    private int maxSockets = 10_000;
    private Duration keepAlive = Duration.ofSeconds(30);
    private int ioThreads = 1;

    private HttpAgent() {}

    private HttpAgent changed(Consumer<HttpAgent> change) {
        HttpAgent copy = new HttpAgent();
        copy.proxy = proxy;
        copy.sslContext = sslContext;
        copy.maxSockets = maxSockets;
        copy.keepAlive = keepAlive;
        copy.ioThreads = ioThreads;
        change.accept(copy);
        return copy;
    }

    /** No proxy, the JDK's certificates, up to 10,000 connections to a host, 30 s of keeping idle ones, one I/O thread. */
    public static HttpAgent defaults() {
        return DEFAULT;
    }

    /** An agent with settings of its own: {@code HttpAgent.create(a -> a.proxy(URI.create("http://proxy:3128")))}. */
    public static HttpAgent create(UnaryOperator<HttpAgent> settings) {
        return Objects.requireNonNull(settings.apply(new HttpAgent()), "the settings returned null");
    }

    /**
     * A proxy for every connection: {@code http://[user:password@]host:port} (by CONNECT) or {@code socks5://…}.
     *
     * @throws IllegalArgumentException if the scheme is another or there is no host or port
     */
    public HttpAgent proxy(URI uri) {
        String scheme = uri.getScheme();
        if ((!"http".equals(scheme) && !"socks5".equals(scheme)) || uri.getHost() == null || uri.getPort() < 0)
            throw new IllegalArgumentException("proxy: http://host:port or socks5://host:port expected, not "
                    + uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort());
        return changed(copy -> copy.proxy = uri);
    }

    /** Trust and client certificates for {@code https}; {@link Certificates} makes one from key store files. */
    public HttpAgent sslContext(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return changed(copy -> copy.sslContext = context);
    }

    /** The most connections to one host at a time; further calls wait for a free one, within their connect timeout. */
    public HttpAgent maxSockets(int sockets) {
        if (sockets < 1) throw new IllegalArgumentException("maxSockets: 1 or more expected, not " + sockets);
        return changed(copy -> copy.maxSockets = sockets);
    }

    /** How long an idle connection is kept; zero for not at all. */
    public HttpAgent keepAlive(Duration idle) {
        if (idle.isNegative()) throw new IllegalArgumentException("keepAlive: zero or more expected, not " + idle);
        return changed(copy -> copy.keepAlive = idle);
    }

    /** How many input/output threads; one serves thousands of streams. */
    public HttpAgent ioThreads(int threads) {
        if (threads < 1 || threads > 64)
            throw new IllegalArgumentException("ioThreads: 1 to 64 expected, not " + threads);
        return changed(copy -> copy.ioThreads = threads);
    }

    /** The proxy, if one is set. It may hold a password: do not print it. */
    public @Nullable URI proxy() {
        return proxy;
    }

    /** The TLS settings, if not the JDK's. */
    public @Nullable SSLContext sslContext() {
        return sslContext;
    }

    /** The most connections to one host at a time. */
    public int maxSockets() {
        return maxSockets;
    }

    /** How long an idle connection is kept. */
    public Duration keepAlive() {
        return keepAlive;
    }

    /** How many input/output threads. */
    public int ioThreads() {
        return ioThreads;
    }
}
