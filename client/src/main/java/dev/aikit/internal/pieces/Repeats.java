package dev.aikit.internal.pieces;

import dev.aikit.internal.pieces.Repeated.Change;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pieces of one stream that differ from the one before in nothing but a few texts. Those of a model's answer do: a
 * piece of three hundred bytes brings one word. Reading the rest of it again would cost more than receiving it did.
 */
public final class Repeats {
    private static final int MOST_CHANGES = 4;
    private static final int LARGEST = 8 * 1024;

    /** Then the server is one whose pieces all differ, such as by a time. */
    private static final int MOST_MISSES = 32;

    private @Nullable Basis basis;
    private int misses;
    private int end;

    /**
     * The next piece, if it repeats the one before; else null, and it is to be told to {@link #next}.
     *
     * @param data as far as {@code length}; not kept
     */
    public @Nullable Repeated find(String event, byte[] data, int length) {
        Basis before = basis;
        if (before == null || length > LARGEST || !before.event.equals(event)) return null;
        Repeated found = compare(before, data, 0, length);
        if (found == null || end != length) return null;
        misses = 0;
        return found;
    }

    /**
     * The next piece, if its event has no name, and it stands there in one line with an empty one behind it; else null. Only
     * what repeats the one before is found: what differs from it is known, and so that nothing in it ends the line.
     *
     * @param bytes not kept
     */
    public @Nullable Repeated findLine(byte[] bytes, int from, int to) {
        Basis before = basis;
        if (before == null || !before.isLine) return null;
        Repeated found = compare(before, bytes, from, Math.min(to, from + LARGEST));
        if (found == null || end + 1 >= to || bytes[end] != '\n' || bytes[end + 1] != '\n') return null;
        misses = 0;
        return found;
    }

    /** Where that which was found last ends. */
    public int end() {
        return end;
    }

    /** A piece that repeats none; the array is kept. Returns what the next ones may repeat; null if none is to be looked for. */
    public @Nullable Basis next(String event, byte[] data) {
        Basis next = data.length <= LARGEST && misses++ < MOST_MISSES ? new Basis(event, data) : null;
        basis = next == null || next.texts.size() == 0 ? null : next; // blank, or not JSON, or nothing to gain
        return basis;
    }

    private @Nullable Repeated compare(Basis before, byte[] data, int start, int to) {
        byte[] known = before.bytes;
        int[] places = before.texts.places;
        Change changes = null;
        int number = 0;
        int place = 0;
        int at = start;
        int from = 0;
        while (true) {
            int length = Math.min(known.length - from, to - at);
            int same = Arrays.mismatch(known, from, from + length, data, at, at + length);
            if (same < 0 && from + length == known.length) {
                end = at + length;
                return new Repeated(before, changes);
            }
            int differs = from + (same < 0 ? length : same);
            while (place < places.length && places[place + 1] < differs) place += 2;
            if (place == places.length || places[place] > differs || number++ == MOST_CHANGES) return null;
            int first = at + places[place] - from;
            int last = endOfText(data, first, to);
            if (last < 0) return null;
            String text = new String(data, first, last - first, StandardCharsets.UTF_8);
            if (text.indexOf('\uFFFD') >= 0) return null; // not UTF-8: its bytes would be lost
            changes = new Change(place / 2, text, changes);
            from = places[place + 1];
            at = last;
        }
    }

    /** Where the closing quotation mark stands; -1 if the text is not as plain as it would be in Java. */
    private static int endOfText(byte[] data, int start, int length) {
        for (int i = start; i < length; i++) {
            byte b = data[i];
            if (b == '"') return i;
            if (b == '\\' || b >= 0 && b < ' ') return -1;
        }
        return -1;
    }
}
