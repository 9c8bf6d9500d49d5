package dev.aikit.internal.call;

import dev.aikit.internal.pieces.Basis;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param name the value of its {@code event} field, "" where there was none
 * @param data the values of its {@code data} fields, joined by line feeds; empty if the event repeats another
 * @param whole whether the blank line that ends an event was seen; if not, the stream stopped within it
 * @param basis of an event that others may repeat, which is then read once for all of them; else null
 * @param repeated the data of an event that repeats another; else null
 */
record ServerEvent(
        String name,
        byte[] data,
        boolean whole,
        @Nullable Basis basis,
        @Nullable Repeated repeated) {
    private static final byte[] NONE = new byte[0];

    /** An event that repeats another. */
    public static ServerEvent repeating(String name, Repeated repeated) {
        return new ServerEvent(name, NONE, true, null, repeated);
    }

    /**
     * The data of an event that repeats no other.
     *
     * @throws dev.aikit.json.JsonException if they are not JSON
     */
    public Json json() {
        return basis != null ? basis.json() : Json.parse(data);
    }

    /** The data as text. */
    public String text() {
        return new String(repeated != null ? repeated.bytes() : data, StandardCharsets.UTF_8);
    }

    /** Whether there is nothing to read; seen by the first byte of all that does have something. */
    public boolean isBlank() {
        return repeated == null && (data.length == 0 || (data[0] <= ' ' && text().isBlank()));
    }

    /** Whether it may say something that the event which it repeats does not, but for texts within that. */
    boolean saysMoreThanTheLast() {
        return repeated == null || repeated.changesFields();
    }

    /** How many bytes it takes in memory, about. */
    public int size() {
        return name.length() + (repeated != null ? repeated.size() : data.length);
    }
}
