package dev.aikit.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What stands in JSON one after the other: single bytes, texts and numbers. A text or number may be {@link #UNKNOWN}. */
final class JsonTokens {
    /** What is read in place of what is not known at sight. */
    static final Object UNKNOWN = new Object();

    /** Of names and numbers: longer ones may be over a limit. */
    static final int MAX_LENGTH = 500;

    /** As many as surely fit a long. */
    private static final int MAX_DIGITS = 18;

    /** Of an exponent: more are over a limit, even those of zero. */
    private static final int MAX_EXPONENT_DIGITS = 5;

    private static final long ONES = 0x0101010101010101L;

    final byte[] json;
    private final ByteBuffer words;
    int at;

    JsonTokens(byte[] json) {
        this.json = json;
        this.words = ByteBuffer.wrap(json).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The byte that stands there; 0, which stands nowhere in JSON, behind the end. */
    int peek(int place) {
        return place < json.length ? json[place] : 0;
    }

    /** The next byte that is not white space, behind which it goes. */
    int next() {
        int found = peek(at++);
        while (found <= ' ' && (found == ' ' || found == '\n' || found == '\r' || found == '\t')) found = peek(at++);
        return found;
    }

    /** As if the last byte had not been read. */
    void back() {
        at--;
    }

    boolean isNext(String ascii) {
        for (int i = 0; i < ascii.length(); i++) if (peek(at++) != ascii.charAt(i)) return false;
        return true;
    }

    /** Whether only white space is left. */
    boolean isAtEnd() {
        return next() == 0 && at > json.length;
    }

    /** From behind the quotation mark. */
    Object text() {
        int start = at;
        int end = end(start);
        at = end + 1;
        int found = peek(end);
        if (found == '"') return utf8(json, start, end - start);
        at = start;
        return found == '\\' ? JsonEscapes.text(this) : UNKNOWN;
    }

    /** Where the characters of a text end that stand for themselves. */
    int end(int start) {
        int end = start;
        for (; end + Long.BYTES <= json.length; end += Long.BYTES) {
            long others = others(words.getLong(end));
            if (others != 0) return end + Long.numberOfTrailingZeros(others) / Byte.SIZE;
        }
        for (int found = peek(end); found < 0 || found >= ' ' && found != '"' && found != '\\'; found = peek(end))
            end++;
        return end;
    }

    /** Of eight bytes, the first that is a quotation mark, a backslash or below a space has the lowest bit that is set. */
    private static long others(long eight) {
        long quotes = eight ^ '"' * ONES;
        long backslashes = eight ^ '\\' * ONES;
        long below = quotes - ONES & ~quotes | backslashes - ONES & ~backslashes | eight - ' ' * ONES & ~eight;
        return below & 0x80 * ONES;
    }

    static Object utf8(byte[] bytes, int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : UNKNOWN; // may stand for bytes that are not UTF-8
    }

    /** That begins with the byte that was read. */
    Object number(int first) {
        int start = at - 1;
        int digits = first == '-' ? at : start;
        int end = digitsFrom(digits);
        boolean leadingZero = peek(digits) == '0' && end > digits + 1;
        if (end == digits || leadingZero) return UNKNOWN;
        int behind = peek(end);
        if (behind == '.' || behind == 'e' || behind == 'E') return decimal(start, end);
        at = end;
        return end - digits <= MAX_DIGITS ? (Object) Long.valueOf(whole(digits, end, first == '-')) : UNKNOWN;
    }

    private long whole(int from, int to, boolean negative) {
        long number = 0;
        for (int i = from; i < to; i++) number = 10 * number + (json[i] - '0');
        return negative ? -number : number;
    }

    private Object decimal(int start, int point) {
        int end = point;
        if (peek(end) == '.') end = digitsFrom(point + 1);
        if (end == point + 1) return UNKNOWN;
        if (peek(end) == 'e' || peek(end) == 'E') {
            int sign = peek(end + 1) == '-' || peek(end + 1) == '+' ? 1 : 0;
            int exponent = end + 1 + sign;
            end = digitsFrom(exponent);
            if (end == exponent || end - exponent > MAX_EXPONENT_DIGITS) return UNKNOWN;
        }
        if (end - start > MAX_LENGTH) return UNKNOWN;
        at = end;
        double number = Double.parseDouble(new String(json, start, end - start, StandardCharsets.ISO_8859_1));
        return Double.isFinite(number) && (number != 0 || isZero(start, end)) ? (Object) number : UNKNOWN;
    }

    /** A number that is too small for a double becomes zero, but is none. */
    private boolean isZero(int from, int to) {
        for (int i = from; i < to && (json[i] | 0x20) != 'e'; i++) if (json[i] > '0') return false;
        return true;
    }

    private int digitsFrom(int place) {
        int end = place;
        while (peek(end) >= '0' && peek(end) <= '9') end++;
        return end;
    }
}
