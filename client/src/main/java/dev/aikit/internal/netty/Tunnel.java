package dev.aikit.internal.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The way through a proxy, which looks the server's name up itself. */
final class Tunnel {
    private Tunnel() {}

    /** To be added before connecting; done when the proxy has connected to the server. */
    static Future<?> through(URI proxy, InetAddress address, ChannelPipeline pipeline) {
        InetSocketAddress at = new InetSocketAddress(address, proxy.getPort());
        String[] user = user(proxy);
        ProxyHandler handler;
        if (proxy.getScheme().equals("socks5")) handler = new Socks5ProxyHandler(at, user[0], user[1]);
        else if (user[0].isEmpty()) handler = new HttpProxyHandler(at);
        else handler = new HttpProxyHandler(at, user[0], user[1]);
        // The attempt has a limit of its own.
        handler.setConnectTimeoutMillis(0);
        pipeline.addLast(handler);
        return handler.connectFuture();
    }

    private static String[] user(URI proxy) {
        String info = proxy.getUserInfo();
        if (info == null) return new String[] {"", ""};
        int colon = info.indexOf(':');
        return colon < 0 ? new String[] {info, ""} : new String[] {info.substring(0, colon), info.substring(colon + 1)};
    }

    /** The proxy without its password. */
    static String name(URI proxy) {
        return proxy.getScheme() + "://" + proxy.getHost() + ":" + proxy.getPort();
    }

    /** What the proxy said: Netty puts addresses in front of it, at which it is known already. */
    static String words(Throwable cause) {
        String message = Failures.words(cause);
        int addresses = message.indexOf(" => ");
        int comma = addresses < 0 ? -1 : message.indexOf(", ", addresses);
        return comma < 0 ? message : message.substring(comma + 2);
    }
}
