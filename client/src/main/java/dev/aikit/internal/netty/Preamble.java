package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls to one address with the same headers have in common: looked through and put together once for all that follow each
 * other. A client makes addresses and headers once for all its calls, so that they are known by being the same objects.
 */
final class Preamble {
    static final String LINE_END = "\r\n";

    final Origin origin;
    /** What of it cannot be sent, without naming a value; null if it is in order. */
    final @Nullable String flaw;

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private byte @Nullable [] bytes;

    private Preamble(HttpCall call) {
        method = call.method();
        uri = call.uri();
        headers = call.headers();
        origin = Origin.of(uri);
        flaw = Requests.flaw(call);
    }

    /**
     * That of a call.
     *
     * @param last that of the call before it
     * @throws IllegalArgumentException if its address leads to no {@link Origin}
     */
    static Preamble of(HttpCall call, @Nullable Preamble last) {
        boolean isSame = last != null
                && last.headers == call.headers()
                && last.uri == call.uri()
                && last.method.equals(call.method());
        return isSame ? last : new Preamble(call);
    }

    /** The head of the request in HTTP/1.1, but for what depends on its body, and the empty line. Without a {@link #flaw}. */
    byte[] bytes() {
        if (bytes == null) bytes = made();
        return bytes;
    }

    /** What is not ASCII stands in values only, and is sent as Latin-1. */
    private byte[] made() {
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(Requests.target(uri)).append(" HTTP/1.1");
        head.append(LINE_END);
        header(head, "host", origin.authority());
        for (Map.Entry<String, String> header : headers.entrySet())
            if (!Requests.isOurs(header.getKey())) header(head, header.getKey(), header.getValue());
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append(LINE_END);
    }
}
