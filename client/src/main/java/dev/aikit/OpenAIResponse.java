package dev.aikit;

import dev.aikit.internal.call.Content;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as it came over the wire, whatever it was worth. */
public final class OpenAIResponse {
    private final HttpHead head;
    private final Content body;
    private volatile @Nullable Json json;

    /** Made by the library. */
    public OpenAIResponse(HttpHead head, byte[] body) {
        this(head, Content.of(body));
    }

    /** Made by the library. */
    public OpenAIResponse(HttpHead head, Content body) {
        this.head = Objects.requireNonNull(head, "head");
        this.body = body;
    }

    private static Json read(byte[] body) {
        try {
            return body.length == 0 ? Json.missing() : Json.parse(body);
        } catch (JsonException notJson) {
            return Json.missing();
        }
    }

    /** The HTTP status. */
    public int status() {
        return head.status();
    }

    /** The status in words; of HTTP/2, which sends none, the usual ones. */
    public String statusText() {
        return head.statusText();
    }

    /** The headers in the order of arrival, by name in lower case. */
    public Map<String, List<String>> headers() {
        return head.headers();
    }

    /** The first value of a header, in any case of its name; "" if there is none. */
    public String header(String name) {
        return head.header(name.toLowerCase(Locale.ROOT));
    }

    /** The value of {@code x-request-id} or what providers send in its place; "" if there is none. */
    public String requestID() {
        for (String name : new String[] {"x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "cf-ray"})
            if (!header(name).isEmpty()) return header(name);
        return "";
    }

    /**
     * The body as it came, as far as it came. Empty for a stream whose events were read: they are in the result; the
     * beginning (up to 16 KB) of what was sent in place of events is here.
     */
    public byte[] body() {
        return body.bytes().clone();
    }

    /** The body as text in UTF-8. */
    public String text() {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /** The body as JSON; missing if it is empty or something else. */
    public Json json() {
        Json known = json;
        return known != null ? known : (json = read(body.bytes()));
    }

    @Override
    public String toString() {
        return status() + " " + statusText() + ", " + body.size() + " bytes";
    }
}
