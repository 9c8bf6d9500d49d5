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

    /** Whether there is nothing to read; seen by the first byte of all that does have something. */
    public boolean isBlank() {
        return data.length == 0 || (data[0] <= ' ' && text().isBlank());
    }

    /** Whether the data is this text and nothing else but white space around it. */
    public boolean is(String expected) {
        return data.length <= expected.length() + 8 && text().strip().equals(expected);
    }
}
