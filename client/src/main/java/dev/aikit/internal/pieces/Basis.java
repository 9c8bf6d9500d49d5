package dev.aikit.internal.pieces;

import dev.aikit.internal.pieces.Texts.Place;
import dev.aikit.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece that others repeat. */
public final class Basis {
    final String event;
    final byte[] bytes;
    /** Whether it came as one line of an event without a name. */
    final boolean isLine;

    private @Nullable List<Place> places;
    private volatile @Nullable Json json;
    /** Those asked for: most pieces that repeat this one repeat most of its texts. */
    private @Nullable String @Nullable [] texts;

    Basis(String event, byte[] bytes) {
        this.event = event;
        this.bytes = bytes;
        this.isLine = event.isEmpty() && !hasLineFeed(bytes);
    }

    private static boolean hasLineFeed(byte[] bytes) {
        for (byte b : bytes) if (b == '\n') return true;
        return false;
    }

    /** The piece itself. */
    public Json json() {
        Json known = json;
        return known != null ? known : (json = Json.parse(bytes));
    }

    /** Found when they are first looked for, on the loop; no piece that repeats this one is there before. */
    List<Place> places() {
        List<Place> known = places;
        return known != null ? known : (places = Texts.of(bytes));
    }

    /** The way to a text of it: names of fields, and numbers of elements. */
    public List<Object> way(int place) {
        return places().get(place).way();
    }

    /** The place of the text to which that way leads; -1 if there is none. */
    public int place(List<Object> way) {
        for (int i = 0; i < places().size(); i++) if (way(i).equals(way)) return i;
        return -1;
    }

    String text(int place) {
        @Nullable String[] known = texts;
        if (known == null) texts = known = new @Nullable String[places().size()];
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
