package dev.aikit.internal.http;

import java.util.List;
import java.util.Map;

/**
 * The head of an answer.
 *
 * @param statusText as sent; the usual words where the protocol has none
 * @param headers by name in lower case, in the order of arrival
 */
public record HttpHead(int status, String statusText, Map<String, List<String>> headers) {
    /** The first value of a header, or "". */
    public String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }
}
