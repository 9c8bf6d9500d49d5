package dev.aikit.internal.pieces;

import dev.aikit.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece that others repeat. */
public final class Basis {
    final String event;
    final byte[] bytes;
    /** Whether it came as one line of an event without a name. */
    final boolean isLine;

    /** Where its texts begin and end; none if there are none, or if it is not plain JSON. */
    final int[] places;

    private volatile @Nullable Read read;
    /** Those asked for: most pieces that repeat this one repeat most of its texts. */
    private @Nullable String @Nullable [] texts;

    /** What the bytes say, and the ways to the texts. */
    private record Read(Json json, List<List<Object>> ways) {}

    Basis(String event, byte[] bytes) {
        this.event = event;
        this.bytes = bytes;
        this.isLine = event.isEmpty() && !hasLineFeed(bytes);
        this.places = Texts.of(bytes);
    }

    private static boolean hasLineFeed(byte[] bytes) {
        for (byte b : bytes) if (b == '\n') return true;
        return false;
    }

    /**
     * The piece itself, read once.
     *
     * @throws dev.aikit.json.JsonException if it is not JSON
     */
    public Json json() {
        return read().json;
    }

    private Read read() {
        Read made = read;
        if (made != null) return made;
        Json json = Json.parse(bytes);
        made = new Read(json, Ways.of(json.toJava()));
        read = made;
        return made;
    }

    /** For those that repeat it, which come when it has been read: so short that it becomes a part of what calls it. */
    private Read known() {
        Read known = read;
        return known != null ? known : read();
    }

    @Nullable
    Object value() {
        return known().json.toJava();
    }

    /** The way to a text of it: names of fields, and numbers of elements. */
    public List<Object> way(int place) {
        return known().ways.get(place);
    }

    /** The place of the text to which that way leads; -1 if there is none. */
    public int place(List<Object> way) {
        return known().ways.indexOf(way);
    }

    String text(int place) {
        @Nullable String[] known = texts;
        if (known == null) texts = known = new @Nullable String[places.length / 2];
        String text = known[place];
        return text != null ? text : (known[place] = read(place));
    }

    /** Not from its bytes: they may hold escapes. */
    private String read(int place) {
        Json found = json();
        for (Object step : way(place))
            found = step instanceof Integer index ? found.get(index) : found.get((String) step);
        return found.asText();
    }
}
