package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What HTTP/1.1 and HTTP/2 say alike of a request. */
final class Requests {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private Requests() {}

    /** What of the call cannot be sent, without naming a value; null if it is in order. */
    static @Nullable String flaw(HttpCall call) {
        if (!isToken(call.method())) return "the method is not a token";
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            if (!isToken(header.getKey())) return "a header's name is not a token";
            String value = header.getValue();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff)
                    return "the value of the header " + header.getKey() + " holds a character that HTTP does not allow";
            }
        }
        return null;
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && TOKEN_MARKS.indexOf(c) < 0) return false;
        }
        return !name.isEmpty();
    }

    /** Whether a header is set by the transport alone. */
    static boolean isOurs(String name) {
        return name.equals("host") || name.equals("content-length") || name.equals("transfer-encoding");
    }

    /** Whether the length of the body is told: always with a method that has one, even an empty one. */
    static boolean hasContentLength(HttpCall call, long length) {
        return length > 0
                || length == 0
                        && switch (call.method()) {
                            case "POST", "PUT", "PATCH" -> true;
                            default -> false;
                        };
    }

    /** Path and query, in ASCII. */
    static String target(URI uri) {
        URI ascii = isAscii(uri.toString()) ? uri : URI.create(uri.toASCIIString());
        String path = ascii.getRawPath();
        String query = ascii.getRawQuery();
        String target = path == null || path.isEmpty() ? "/" : path;
        return query == null ? target : target + "?" + query;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7e) return false;
        return true;
    }
}
