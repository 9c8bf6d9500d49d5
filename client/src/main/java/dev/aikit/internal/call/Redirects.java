package dev.aikit.internal.call;

import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Redirects are followed where the key may go: to the same scheme, host and port, with the same method and body. A
 * download, which carries no key, follows them anywhere, but never from https to http.
 */
final class Redirects {
    private Redirects() {}

    static @Nullable URI target(URI from, String location) {
        try {
            URI to = new URI(location);
            boolean queryAlone = !to.isAbsolute()
                    && to.getRawAuthority() == null
                    && to.getRawPath().isEmpty()
                    && to.getRawQuery() != null;
            if (!queryAlone) return from.resolve(to);
            // The JDK goes by the older rules, in which a query alone loses the last part of the path.
            return new URI(
                    from.getScheme() + "://" + from.getRawAuthority() + from.getRawPath() + "?" + to.getRawQuery());
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** Why the redirect is not followed; null if it is. */
    static @Nullable String refusal(HttpCall call, int status, @Nullable URI target, boolean download) {
        if (target == null || target.getHost() == null) return "the server redirects to something that is no address";
        boolean bodyWouldBeLost =
                status != 307 && status != 308 && !call.method().equals("GET");
        if (bodyWouldBeLost) return "the server redirects with status " + status + ", which loses the request's body";
        if (download) return refusalOfDownload(call.uri(), target);
        if (!origin(call.uri()).equals(origin(target)))
            return "the server redirects to " + origin(target) + ", which must not see the key of " + origin(call.uri())
                    + "; if that is right, make it the base URL";
        return null;
    }

    private static @Nullable String refusalOfDownload(URI from, URI target) {
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http"))
            return "the server redirects the download to an address of " + scheme + ":, which is not followed";
        if (target.getRawUserInfo() != null)
            return "the server redirects the download to an address with a user name, which is not followed";
        boolean exposed = scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme());
        return exposed ? "the server redirects the download from https to http, which is not followed" : null;
    }

    /** The call at its next place: what a caller set for one server does not go to another. */
    static HttpCall follow(HttpCall call, URI target) {
        if (origin(call.uri()).equals(origin(target))) return call.to(target);
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.keySet().retainAll(Set.of("user-agent", "accept"));
        return new HttpCall(call.method(), target, Collections.unmodifiableMap(headers), call.body());
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return (uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
