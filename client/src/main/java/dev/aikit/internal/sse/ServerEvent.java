package dev.aikit.internal.sse;

import java.nio.charset.StandardCharsets;

/**
 * One event of a stream.
 *
 * @param name the value of its {@code event} field, "" where there was none
 * @param data the values of its {@code data} fields, joined by line feeds
 * @param whole whether the blank line that ends an event was seen; if not, the stream stopped within it
 */
public record ServerEvent(String name, byte[] data, boolean whole) {
    /** The data as text. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    /** Whether the data is this text and nothing else but white space around it. */
    public boolean is(String expected) {
        return data.length <= expected.length() + 8 && text().strip().equals(expected);
    }
}
