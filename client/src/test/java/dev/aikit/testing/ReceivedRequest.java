package dev.aikit.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A request as a {@link ScriptedServer} received it.
 *
 * @param target what stands between method and version
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
    /** The first value of a header, or null. */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
