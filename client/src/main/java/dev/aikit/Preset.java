package dev.aikit;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a provider: an entry of {@code providers.json}.
 *
 * @param baseURL its address; null if each customer has one of their own
 * @param baseURLVariable the variable of the environment that holds another address; "" for none
 * @param hosts the hosts whose calls are made its way; {@code *.} stands for any beginning
 * @param path what belongs to an address there that has no path; "" for nothing
 * @param keyVariable the variable of the environment that holds its key; "" for none
 * @param keyHeaders the headers that hold the key
 * @param local whether it runs on the user's machine, and need not have a key
 */
record Preset(
        String name,
        @Nullable URI baseURL,
        String baseURLVariable,
        List<String> hosts,
        String path,
        String keyVariable,
        String organizationVariable,
        String projectVariable,
        List<String> keyHeaders,
        Map<String, String> headers,
        boolean local) {

    boolean needsKey() {
        return !local && !keyVariable.isEmpty();
    }

    /** Whether a host is one of its own. */
    boolean isAt(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        for (String known : hosts)
            if (known.startsWith("*.") ? host.endsWith(known.substring(1)) : host.equals(known)) return true;
        return false;
    }
}
