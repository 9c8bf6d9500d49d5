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

    /** None if there are none, or if it is not plain JSON. */
    final Texts texts;

    private volatile @Nullable Json json;
    /** Those asked for: in most pieces that repeat this one the same few texts are others. */
    private final @Nullable Way[] ways;
    /** Those asked for: most pieces that repeat this one repeat most of its texts. */
    private @Nullable String @Nullable [] known;

    Basis(String event, byte[] bytes) {
        this.event = event;
        this.bytes = bytes;
        this.isLine = event.isEmpty() && !hasLineFeed(bytes);
        this.texts = TextSearch.in(bytes);
        this.ways = new @Nullable Way[texts.size()];
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
        Json read = json;
        return read != null ? read : (json = Json.parse(bytes));
    }

    /** The way to a text of it: names of fields, and numbers of elements. */
    public List<Object> way(int place) {
        return wayTo(place).steps;
    }

    Way wayTo(int place) {
        Way way = ways[place];
        return way != null ? way : (ways[place] = new Way(texts.way(place), json().toJava()));
    }

    /** The place of the text to which that way leads; -1 if there is none. */
    public int place(List<Object> way) {
        return texts.number(way);
    }

    String text(int place) {
        @Nullable String[] all = known;
        if (all == null) known = all = new @Nullable String[texts.size()];
        String text = all[place];
        return text != null ? text : (all[place] = read(place));
    }

    /** Not from its bytes: they may hold escapes. */
    private String read(int place) {
        Json found = json();
        for (Object step : way(place))
            found = step instanceof Integer index ? found.get(index) : found.get((String) step);
        return found.asText();
    }
}
