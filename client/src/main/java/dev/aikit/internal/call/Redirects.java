package dev.aikit.internal.call;

import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Redirects are followed where the key may go: to the same scheme, host and port, with the same method and body. */
final class Redirects {
    private Redirects() {}

    static @Nullable URI target(URI from, String location) {
        try {
            return from.resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** Why the redirect is not followed; null if it is. */
    static @Nullable String refusal(HttpCall call, int status, @Nullable URI target) {
        if (target == null || target.getHost() == null) return "the server redirects to something that is no address";
        boolean bodyWouldBeLost =
                status != 307 && status != 308 && !call.method().equals("GET");
        if (bodyWouldBeLost) return "the server redirects with status " + status + ", which loses the request's body";
        if (!origin(call.uri()).equals(origin(target)))
            return "the server redirects to " + origin(target) + ", which must not see the key of " + origin(call.uri())
                    + "; if that is right, make it the base URL";
        return null;
    }

    private static String origin(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return (uri.getScheme() + "://" + uri.getHost()).toLowerCase(java.util.Locale.ROOT) + ":" + port;
    }
}
