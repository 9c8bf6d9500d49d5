package dev.aikit.json;

import java.util.Arrays;

/** Reads a text with escapes. */
final class JsonEscapes {
    /** Bytes of a character in UTF-8. */
    private static final int LONGEST = 4;

    /** What is likely to follow the first escape, at least. */
    private static final int LIKELY = 32;

    private final JsonTokens tokens;
    private byte[] text = {};
    private int used;

    private JsonEscapes(JsonTokens tokens) {
        this.tokens = tokens;
    }

    /** From the beginning of a text on; may be {@link JsonTokens#UNKNOWN}. */
    static Object text(JsonTokens tokens) {
        JsonEscapes escapes = new JsonEscapes(tokens);
        return escapes.read() ? JsonTokens.utf8(escapes.text, 0, escapes.used) : JsonTokens.UNKNOWN;
    }

    private boolean read() {
        while (true) {
            int start = tokens.at;
            int end = tokens.end(start);
            copy(start, end);
            tokens.at = end + 1;
            int found = tokens.peek(end);
            if (found == '"') return true;
            int escaped = found == '\\' ? escaped() : -1;
            if (escaped < 0) return false;
            if (escaped < 0x80) text[used++] = (byte) escaped;
            else put(escaped);
        }
    }

    /** Leaves room for what the next escape stands for. */
    private void copy(int start, int end) {
        int length = end - start;
        int room = used + length + LONGEST;
        if (room > text.length) text = Arrays.copyOf(text, Math.max(2 * text.length, room + LIKELY));
        System.arraycopy(tokens.json, start, text, used, length);
        used += length;
    }

    /** What the escape stands for whose backslash was read; -1 if it is none. */
    private int escaped() {
        int letter = tokens.peek(tokens.at++);
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> codePoint();
            default -> -1;
        };
    }

    private int codePoint() {
        int first = number();
        if (first < Character.MIN_SURROGATE || first > Character.MAX_SURROGATE) return first;
        int second = tokens.isNext("\\u") ? number() : -1;
        boolean pair = second >= 0 && Character.isSurrogatePair((char) first, (char) second);
        return pair ? Character.toCodePoint((char) first, (char) second) : -1;
    }

    /** Of four hexadecimal digits; negative if they are not. */
    private int number() {
        int number = 0;
        for (int i = 0; i < 4; i++) number = number << 4 | Character.digit(tokens.peek(tokens.at++), 16);
        return number;
    }

    /** One that is not ASCII. */
    private void put(int codePoint) {
        int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
        text[used++] = (byte) (0xF80 >> more | codePoint >> 6 * more);
        for (int i = more - 1; i >= 0; i--) text[used++] = (byte) (0x80 | codePoint >> 6 * i & 0x3F);
    }
}
