package dev.aikit.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as a {@link ScriptedServer} received it.
 *
 * @param target what stands between method and version: the path, and the query if there is one
 * @param headers by name in lower case, in the order of arrival
 * @param body empty if there was none, or if the script runs before it is read
 * @param connection the number of the connection it came on; the first is 1
 * @param inOneRead whether all of it came with the first read from the socket
 */
public record ReceivedRequest(
        String method,
        String target,
        Map<String, List<String>> headers,
        byte[] body,
        int connection,
        boolean inOneRead) {
    /** The first value of a header, or null; the name in any case. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body, a JSON object, as maps, lists, texts, numbers, truth values and null.
     *
     * @throws IOException if it is something else
     */
    public Map<String, Object> json() throws IOException {
        return JsonText.object(text());
    }

    /** Method and target, as in "GET /v1/models": headers and body may hold what is secret. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
