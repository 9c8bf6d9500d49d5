package dev.aikit.internal.http;

import java.net.URI;
import java.util.Map;

/**
 * What one attempt sends.
 *
 * @param headers by name in lower case, in the order in which they are sent; {@code host} and {@code content-length} are
 *     the transport's
 * @param body {@link HttpBody#NONE}, or an empty one, for none
 */
public record HttpCall(String method, URI uri, Map<String, String> headers, HttpBody body) {
    /** With a body in memory. */
    public HttpCall(String method, URI uri, Map<String, String> headers, byte[] body) {
        this(method, uri, headers, new HttpBody.Bytes(body));
    }

    /** The same call to another place. */
    public HttpCall to(URI elsewhere) {
        return new HttpCall(method, elsewhere, headers, body);
    }

    /** The same call with another body. */
    public HttpCall with(byte[] otherBody) {
        return new HttpCall(method, uri, headers, otherBody);
    }

    /** Says nothing of headers, query and body: they hold secrets, the query that of a signed address. */
    @Override
    public String toString() {
        return method + " " + uri.toString().replaceFirst("\\?.*", "");
    }
}
