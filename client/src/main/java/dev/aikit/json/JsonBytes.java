package dev.aikit.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compact JSON in UTF-8. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** What stands behind the backslash for a character below 128; 0 if it stands for itself. */
    private static final byte[] ESCAPES = escapes();
    /** A character is written with six bytes at most, as an escape by its number. */
    private static final int LONGEST = 6;

    /** The longest array that every JVM makes. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private static final int LARGEST_PART = 64 * 1024;

    private byte[] json = new byte[256];
    private int used;
    /** The parts before, each in an array of its own: what has been written is copied once, at the end. */
    private final List<ByteBuffer> full = new ArrayList<>(0);

    private long bytesInFull;

    private JsonBytes() {}

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        String known = "\"\"\\\\\bb\tt\nn\ff\rr";
        for (int i = 0; i < known.length(); i += 2) escapes[known.charAt(i)] = (byte) known.charAt(i + 1);
        return escapes;
    }

    /** Of a plain value: null, a Boolean, a number, a String, a List or a Map of such. */
    static byte[] of(@Nullable Object plain) {
        JsonBytes bytes = new JsonBytes();
        bytes.value(plain);
        return bytes.joined();
    }

    private byte[] joined() {
        if (full.isEmpty()) return Arrays.copyOf(json, used);
        byte[] all = new byte[(int) (bytesInFull + used)];
        int at = 0;
        for (ByteBuffer part : full) {
            int length = part.remaining();
            part.get(all, at, length);
            at += length;
        }
        System.arraycopy(json, 0, all, at, used);
        return all;
    }

    private void value(@Nullable Object plain) {
        if (plain instanceof String text) text(text);
        else if (plain instanceof Map<?, ?> fields) object(fields);
        else if (plain instanceof List<?> elements) array(elements);
        else if (plain == null || plain instanceof Number || plain instanceof Boolean) ascii(String.valueOf(plain));
        else throw new IllegalArgumentException("not a plain value: " + plain.getClass());
    }

    private void object(Map<?, ?> fields) {
        char before = '{';
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            put(before);
            before = ',';
            text((String) field.getKey());
            put(':');
            value(field.getValue());
        }
        if (before == '{') put('{');
        put('}');
    }

    private void array(List<?> elements) {
        char before = '[';
        for (Object element : elements) {
            put(before);
            before = ',';
            value(element);
        }
        if (before == '[') put('[');
        put(']');
    }

    private void room(int bytes) {
        if (bytes > json.length - used) begin(bytes);
    }

    private void begin(int least) {
        int length = Math.max(least, Math.min(2 * json.length, LARGEST_PART));
        full.add(ByteBuffer.wrap(json, 0, used));
        bytesInFull += used;
        if (bytesInFull > MOST - length)
            throw new JsonException("too large to be written as JSON: more than " + MOST + " bytes");
        json = new byte[length];
        used = 0;
    }

    private void put(char ascii) {
        room(1);
        json[used++] = (byte) ascii;
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) json[used++] = (byte) text.charAt(i);
    }

    private void text(String text) {
        put('"');
        int length = text.length();
        for (int at = 0; at < length; ) {
            at += plain(text, at);
            if (at < length && !isPlain(text.charAt(at)))
                at += other(text.charAt(at), at + 1 < length ? text.charAt(at + 1) : 0);
        }
        put('"');
    }

    private static boolean isPlain(char c) {
        return c < 128 && ESCAPES[c] == 0;
    }

    /** Writes the characters from there on that stand for themselves, as far as there is room; how many they are. */
    private int plain(String text, int from) {
        int left = text.length() - from;
        // Of a long text, a picture perhaps, all at once.
        if (used == json.length) begin(left);
        byte[] bytes = json;
        int shift = used - from;
        int end = from + Math.min(left, bytes.length - used);
        int at = from;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (!isPlain(c)) break;
            bytes[shift + at] = (byte) c;
        }
        used += at - from;
        return at - from;
    }

    /** How many characters it has written: of a pair of surrogates both. */
    private int other(char c, char behind) {
        room(LONGEST);
        if (c >= 128) return 1 + wide(c, behind);
        escape(c, ESCAPES[c]);
        return 1;
    }

    private void escape(char c, byte letter) {
        json[used++] = '\\';
        json[used++] = letter;
        if (letter != 'u') return;
        for (int shift = 12; shift >= 0; shift -= 4) json[used++] = HEX[c >> shift & 0xF];
    }

    /** How many characters more than the first it has written. UTF-8 has no half of a pair: that is escaped. */
    private int wide(char c, char behind) {
        if (Character.isSurrogatePair(c, behind)) {
            int codePoint = Character.toCodePoint(c, behind);
            json[used++] = (byte) (0xF0 | codePoint >> 18);
            json[used++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            ending(codePoint);
            return 1;
        }
        if (Character.isSurrogate(c)) {
            escape(c, (byte) 'u');
        } else if (c >= 0x800) {
            json[used++] = (byte) (0xE0 | c >> 12);
            ending(c);
        } else {
            json[used++] = (byte) (0xC0 | c >> 6);
            json[used++] = (byte) (0x80 | c & 0x3F);
        }
        return 0;
    }

    private void ending(int codePoint) {
        json[used++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        json[used++] = (byte) (0x80 | codePoint & 0x3F);
    }
}
