package dev.aikit.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of fields. Servers use the same few again and again, in the same order: those are made once, and kept as long as
 * the program runs, whatever JSON they came in.
 */
final class JsonNames {
    /** A server that thinks up names takes the place of others, and no more of our memory. */
    private static final int SLOTS = 512;

    private static final int LONGEST = 48;

    /** Threads may put another name there at any time. */
    private static final @Nullable Name[] KNOWN = new Name[SLOTS];

    private JsonNames() {}

    static final class Name {
        private final byte[] bytes;
        /** May be {@link JsonTokens#UNKNOWN}. */
        final Object text;
        /** The slot of the name that came after this one the last time. */
        private int next;

        Name(byte[] bytes) {
            this.bytes = bytes;
            this.text = JsonTokens.utf8(bytes, 0, bytes.length);
        }

        int length() {
            return bytes.length;
        }

        /** Whether it stands there, and a quotation mark behind it. */
        private boolean stands(byte[] json, int start) {
            int end = start + bytes.length;
            return end < json.length && json[end] == '"' && Arrays.equals(bytes, 0, bytes.length, json, start, end);
        }
    }

    /** The name that came after the last one before, if it stands there again; else null. */
    static @Nullable Name again(Name last, byte[] json, int start) {
        Name likely = KNOWN[last.next];
        return likely != null && likely.stands(json, start) ? likely : null;
    }

    /** The name that stands there after the last one. */
    static Name name(Name last, byte[] json, int start, int end) {
        int length = end - start;
        int slot = length == 0 ? 0 : slot(json[start], json[start + length / 2], json[end - 1], length);
        Name known = KNOWN[slot];
        if (known == null || !known.stands(json, start)) {
            known = new Name(Arrays.copyOfRange(json, start, end));
            if (length <= LONGEST) KNOWN[slot] = known;
        }
        last.next = slot;
        return known;
    }

    private static int slot(int first, int middle, int last, int length) {
        return ((first * 31 + middle) * 31 + last + length * 7) & SLOTS - 1;
    }
}
