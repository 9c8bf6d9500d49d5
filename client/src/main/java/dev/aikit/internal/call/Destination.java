package dev.aikit.internal.call;

import dev.aikit.internal.SecretParameters;
import dev.aikit.json.internal.SmallMap;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place that calls may go to, with the headers that belong to it and travel to no other. */
public final class Destination {
    private final String provider;
    private final URI baseUrl;
    private final Map<String, String> headers;
    private final Set<String> keyHeaders;
    private final @Nullable String flaw;
    private final Map<String, String> forJson;
    private final Map<String, String> forEvents;
    private volatile Known lastUsed;

    /** An address that was put together: most calls of a program go to the same. */
    private record Known(String path, URI uri) {}

    /**
     * A place.
     *
     * @param provider its name; "" for one without a name
     * @param baseUrl without a slash at its end
     * @param headers by name in lower case, the key's among them
     * @param keyHeaders the names of those that hold the key, in lower case
     * @param flaw why no call can go there, such as a key that is missing; null if calls can
     */
    public Destination(
            String provider, URI baseUrl, Map<String, String> headers, Set<String> keyHeaders, @Nullable String flaw) {
        this.provider = provider;
        this.baseUrl = baseUrl;
        this.headers = headers;
        this.keyHeaders = keyHeaders;
        this.flaw = flaw;
        this.forJson =
                SmallMap.with(SmallMap.with(headers, "accept", "application/json"), "content-type", "application/json");
        this.forEvents = SmallMap.with(forJson, "accept", "text/event-stream");
        this.lastUsed = new Known("", baseUrl);
    }

    /** Its name; "" for one without a name. */
    public String provider() {
        return provider;
    }

    /** Without a slash at its end. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** By name in lower case, the key's among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The same with those of a call that sends JSON, and is answered by JSON or by events; made once for all calls. */
    Map<String, String> headersForJson(boolean events) {
        return events ? forEvents : forJson;
    }

    /** The names of those that hold the key, in lower case. */
    public Set<String> keyHeaders() {
        return keyHeaders;
    }

    /** Why no call can go there, such as a key that is missing; null if calls can. */
    public @Nullable String flaw() {
        return flaw;
    }

    /** The same, with another flaw or none. */
    public Destination withFlaw(@Nullable String other) {
        return new Destination(provider, baseUrl, headers, keyHeaders, other);
    }

    /** An address there, by what stands behind the base URL; a query of the base URL stays at the end. */
    URI uri(String path) {
        Known known = lastUsed;
        if (!known.path.equals(path)) lastUsed = known = new Known(path, made(path));
        return known.uri;
    }

    private URI made(String path) {
        String query = baseUrl.getRawQuery();
        String address = baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + baseUrl.getRawPath() + path;
        if (query != null) address += (path.contains("?") ? "&" : "?") + query;
        return URI.create(address);
    }

    /** Says nothing of the headers: they hold keys. */
    @Override
    public String toString() {
        return provider + " at " + SecretParameters.hiddenIn(baseUrl);
    }
}
