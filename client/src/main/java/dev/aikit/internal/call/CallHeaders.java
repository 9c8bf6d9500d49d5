package dev.aikit.internal.call;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the name of a header says of its value. All names are in lower case. */
final class CallHeaders {
    /** Numbers of a call: no secret, though some end like one. */
    private static final Set<String> NUMBERS = Set.of(
            "idempotency-key",
            "x-idempotency-key",
            "x-request-id",
            "x-client-request-id",
            "x-correlation-id",
            "traceparent",
            "tracestate");

    private static final Set<String> FORMS = Set.of("user-agent", "content-type");
    private static final Set<String> USUAL_FOR_KEYS = Set.of("authorization", "api-key", "x-api-key", "x-goog-api-key");

    private CallHeaders() {}

    /** Whether headers of that name may well hold secrets: enough to hide a value from a log, not to pass one on. */
    static boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !NUMBERS.contains(name)
                && name.matches(".*(auth|key|token|secret|cookie|passw|session|jwt|signature|credential).*");
    }

    /**
     * The headers that are no secret of anybody. Of all others nobody knows what they hold, and the caller meant them for the
     * first of several providers.
     */
    static Map<String, String> harmless(Map<String, String> headers) {
        Map<String, String> known = new LinkedHashMap<>(headers);
        known.keySet()
                .removeIf(name -> !NUMBERS.contains(name)
                        && !FORMS.contains(name)
                        && !name.equals("accept")
                        && !name.startsWith("accept-"));
        return known;
    }

    /** Whether a key for its place is among the headers of a call. */
    static boolean holdKey(Route route) {
        Set<String> own = route.destination().keyHeaders();
        return route.call().headers().keySet().stream()
                .anyMatch(name -> own.contains(name) || USUAL_FOR_KEYS.contains(name));
    }
}
