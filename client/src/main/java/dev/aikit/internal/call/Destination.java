package dev.aikit.internal.call;

import dev.aikit.internal.SecretParameters;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that calls may go to, with the headers that belong to it and travel to no other.
 *
 * @param provider its name; "" for one without a name
 * @param baseUrl without a slash at its end
 * @param headers by name in lower case, the key's among them
 * @param keyHeaders the names of those that hold the key, in lower case
 * @param flaw why no call can go there, such as a key that is missing; null if calls can
 */
public record Destination(
        String provider,
        URI baseUrl,
        Map<String, String> headers,
        Set<String> keyHeaders,
        @Nullable String flaw) {
    /** The same, with another flaw or none. */
    public Destination withFlaw(@Nullable String other) {
        return new Destination(provider, baseUrl, headers, keyHeaders, other);
    }

    /** Says nothing of the headers: they hold keys. */
    @Override
    public String toString() {
        return provider + " at " + SecretParameters.hiddenIn(baseUrl);
    }
}
