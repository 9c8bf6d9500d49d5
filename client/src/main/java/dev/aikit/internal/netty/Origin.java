package dev.aikit.internal.netty;

import java.net.URI;
import java.util.Locale;

/**
 * Where connections lead: those of one origin can stand in for each other.
 *
 * @param host in lower case, an IPv6 address without its brackets
 */
record Origin(boolean secure, String host, int port) {
    /**
     * The origin of an address.
     *
     * @throws IllegalArgumentException if its scheme is neither {@code http} nor {@code https}, or it has no host
     */
    static Origin of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http"))
            throw new IllegalArgumentException("http:// or https:// expected, not " + scheme + "://");
        String host = uri.getHost();
        if (host == null) throw new IllegalArgumentException("no host name, or not a valid one, in the URL");
        host = withoutBrackets(host);
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(secure);
        if (port < 1 || port > 65535) throw new IllegalArgumentException("a port of 1 to 65535 expected, not " + port);
        return new Origin(secure, host.toLowerCase(Locale.ROOT), port);
    }

    /** As a record has it, but without the code that the JVM generates for that at the first call. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Origin to && secure == to.secure && port == to.port && host.equals(to.host);
    }

    @Override
    public int hashCode() {
        return host.hashCode() * 31 + port;
    }

    /** The host of a URI, as the JDK looks it up. */
    static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    /** The value of the {@code host} header: the port only where it is not the scheme's. */
    String authority() {
        String name = bracketed();
        return port == defaultPort(secure) ? name : name + ":" + port;
    }

    private String bracketed() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** {@code host:port}, for messages. */
    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
