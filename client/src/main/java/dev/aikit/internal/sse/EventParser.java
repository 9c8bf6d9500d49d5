package dev.aikit.internal.sse;

import dev.aikit.internal.TooLarge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into events, by the grammar of the WHATWG HTML standard, section 9.2 "Server-sent events". It
 * works on bytes, so a character that is split between two reads needs no care; the fields {@code id} and
 * {@code retry} serve reconnection, which a call does not do, and are passed over.
 *
 * <p>It departs from the standard in two things. What stands at the end without its blank line is handed over too, marked
 * as not whole, because servers forget that line. And a field {@code error}, of which the
 * standard does not know and in which servers on llama.cpp tell what went wrong, is the data of an event of that name.
 */
public final class EventParser {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long CARRIAGE_RETURNS = ONES * '\r';

    private static final byte[] NONE = {};
    private static final int AT_FIRST = 256;
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':', ' '};

    private final int maxEventBytes;
    private final Bytes line = new Bytes();
    private final Bytes data = new Bytes();
    private boolean hasData;
    private String name = "";
    private boolean firstLine = true;
    private boolean afterCarriageReturn;

    /** Who hears of the events. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The next event.
         *
         * @param name the value of its {@code event} field, "" where there was none
         * @param data holds the values of its {@code data} fields, joined by line feeds, as far as {@code length}; it is
         *     the listener's for the time of this call only
         * @param whole whether the blank line that ends an event was seen
         */
        void event(String name, byte[] data, int length, boolean whole);

        /**
         * The data of an event without a name begin there. Takes the event if it is known to the listener by its bytes, and
         * stands there whole in one line, with a line feed behind it and another one.
         *
         * @param bytes as far as {@code to}; they are the listener's for the time of this call only
         * @return where the event ends, before the two line feeds; -1 if it was not taken
         */
        default int known(byte[] bytes, int from, int to) {
            return -1;
        }
    }

    /** A parser at the beginning of a stream. */
    public EventParser(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Takes the next bytes of the stream, all that remain in the buffer, and hands over the events that end in them.
     *
     * @throws TooLarge if the event under way has grown over the limit
     */
    public void feed(ByteBuffer bytes, Listener events) {
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            int to = from + bytes.remaining();
            bytes.position(bytes.limit());
            feed(bytes.array(), from, to, events);
        } else {
            byte[] chunk = new byte[bytes.remaining()];
            bytes.get(chunk);
            feed(chunk, 0, chunk.length, events);
        }
    }

    private void feed(byte[] chunk, int from, int to, Listener events) {
        ByteBuffer words = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int start = from;
        while (start < to) {
            if (afterCarriageReturn && chunk[start] == '\n') start++;
            afterCarriageReturn = false;
            int known = known(chunk, start, to, events);
            if (known >= 0) {
                start = known + 2;
                continue;
            }
            int end = lineEnd(words, start, to);
            if (end == to) break;
            afterCarriageReturn = chunk[end] == '\r';
            endOfLine(chunk, start, end, events);
            start = end + 1;
        }
        line.append(chunk, start, to, maxEventBytes - data.length);
    }

    /** Where the event ends that begins there, if the listener has taken it as one that it knows; else -1. */
    private int known(byte[] chunk, int start, int to, Listener events) {
        if (hasData || line.length > 0 || firstLine || !name.isEmpty()) return -1;
        int from = start + DATA.length;
        if (from > to || !Arrays.equals(chunk, start, from, DATA, 0, DATA.length)) return -1;
        return events.known(chunk, from, (int) Math.min(to, 2L + start + maxEventBytes));
    }

    /**
     * The first line feed or carriage return from there on, or {@code to}. Looks at eight bytes at a time: this is what is
     * done with every byte of a stream. In {@code x - ONES & ~x & HIGH_BITS} the lowest bit stands for the first byte of x that is 0.
     */
    private static int lineEnd(ByteBuffer words, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = words.getLong(at);
            long feeds = word ^ LINE_FEEDS;
            long returns = word ^ CARRIAGE_RETURNS;
            long found = (feeds - ONES & ~feeds | returns - ONES & ~returns) & HIGH_BITS;
            if (found != 0) return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
        }
        while (at < to && words.get(at) != '\n' && words.get(at) != '\r') at++;
        return at;
    }

    /** The stream has ended: hands over what stands there without the blank line that ends an event. */
    public void end(Listener events) {
        if (line.length > 0) endOfLine(line.array, 0, 0, events);
        dispatch(false, events);
    }

    private void endOfLine(byte[] chunk, int start, int end, Listener events) {
        if (line.length == 0) {
            // The same limit as for a line that comes in several pieces.
            if (end - start > maxEventBytes - data.length) throw tooLarge();
            line(chunk, start, end, events);
        } else {
            line.append(chunk, start, end, maxEventBytes - data.length);
            int length = line.length;
            line.length = 0;
            line(line.array, 0, length, events);
        }
    }

    private void line(byte[] b, int from, int to, Listener events) {
        int start = firstLine && startsWithByteOrderMark(b, from, to) ? from + 3 : from;
        firstLine = false;
        if (start == to) {
            dispatch(true, events);
            return;
        }
        int colon = start;
        while (colon < to && b[colon] != ':') colon++;
        int valueStart = Math.min(to, colon + 1);
        if (valueStart < to && b[valueStart] == ' ') valueStart++;
        if (isField("data", b, start, colon)) {
            addData(b, valueStart, to);
        } else if (isField("error", b, start, colon)) {
            name = "error";
            addData(b, valueStart, to);
        } else if (isField("event", b, start, colon)) {
            name = new String(b, valueStart, to - valueStart, StandardCharsets.UTF_8);
        }
    }

    private void addData(byte[] b, int from, int to) {
        if (hasData) data.append(new byte[] {'\n'}, 0, 1, maxEventBytes);
        data.append(b, from, to, maxEventBytes);
        hasData = true;
    }

    private TooLarge tooLarge() {
        return TooLarge.bytes("an event of the stream", maxEventBytes, "maxEventBytes");
    }

    private static boolean startsWithByteOrderMark(byte[] b, int from, int to) {
        return to - from >= 3 && b[from] == (byte) 0xEF && b[from + 1] == (byte) 0xBB && b[from + 2] == (byte) 0xBF;
    }

    private static boolean isField(String field, byte[] b, int from, int to) {
        if (to - from != field.length()) return false;
        for (int i = 0; i < field.length(); i++) if (b[from + i] != field.charAt(i)) return false;
        return true;
    }

    private void dispatch(boolean whole, Listener events) {
        if (hasData) events.event(name, data.array, data.length, whole);
        data.length = 0;
        hasData = false;
        name = "";
    }

    /** Takes no memory until there is something to keep: most lines are read where they were received. */
    private final class Bytes {
        private byte[] array = NONE;
        private int length;

        /** Appends if there is room for that many bytes. */
        void append(byte[] from, int start, int end, int room) {
            int more = end - start;
            if (more > room - length) throw tooLarge();
            if (length + more > array.length)
                array = Arrays.copyOf(array, Math.max(length + more, Math.max(AT_FIRST, array.length * 2)));
            System.arraycopy(from, start, array, length, more);
            length += more;
        }
    }
}
