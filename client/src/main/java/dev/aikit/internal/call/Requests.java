package dev.aikit.internal.call;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From an operation to what goes over the wire. */
public final class Requests {
    private Requests() {}

    static HttpCall of(ClientSettings client, Operation<?> operation, Plan<?> plan) {
        if (operation.isDownload()) return download(operation, plan);
        Map<String, String> headers = new LinkedHashMap<>(client.headers());
        Transfer transfer = operation.transfer();
        String json = transfer.raw() ? "*/*" : "application/json";
        headers.put("accept", operation.stream() ? "text/event-stream" : json);
        byte[] body = operation.body();
        if (body != null) headers.put("content-type", "application/json");
        if (transfer.body() != null) headers.put("content-type", transfer.contentType());
        headers.putAll(plan.headers());
        return new HttpCall(
                operation.method(),
                uri(client.baseUrl(), operation.path()),
                Collections.unmodifiableMap(headers),
                body(transfer, body));
    }

    private static HttpBody body(Transfer transfer, byte @Nullable [] json) {
        if (transfer.body() != null) return transfer.body();
        return json == null ? HttpBody.NONE : new HttpBody.Bytes(json);
    }

    /** Begins with nothing, so that no header of the client can be forgotten; what the caller sets for this call goes along. */
    private static HttpCall download(Operation<?> operation, Plan<?> plan) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", "aikit-java");
        headers.put("accept", "*/*");
        headers.putAll(plan.headers());
        return new HttpCall(
                operation.method(), URI.create(operation.path()), Collections.unmodifiableMap(headers), new byte[0]);
    }

    private static URI uri(URI base, String path) {
        String query = base.getRawQuery();
        String address = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath() + path;
        if (query != null) address += (path.contains("?") ? "&" : "?") + query;
        return URI.create(address);
    }

    /**
     * The header's name in lower case.
     *
     * @throws IllegalArgumentException if HTTP knows no such header or no such value; the message does not hold the value
     */
    public static String checkedHeader(String name, String value) {
        if (name == null || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"))
            throw new IllegalArgumentException(
                    "header: a name of letters, digits and dashes expected, not \"" + name + "\"");
        if (value == null || !value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127) || (c >= 160 && c < 256)))
            throw new IllegalArgumentException(
                    "the value of the header " + name
                            + ": one line of plain characters expected; it holds a line break or a character that HTTP cannot send");
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("host")
                || lower.equals("content-length")
                || lower.equals("transfer-encoding")
                || lower.equals("connection"))
            throw new IllegalArgumentException("header: " + name + " is set by the connection itself");
        return lower;
    }
}
