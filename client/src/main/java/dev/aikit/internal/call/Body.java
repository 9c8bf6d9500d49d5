package dev.aikit.internal.call;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A body that is collected, in an array that is neither copied at the end nor much larger than what has come. */
final class Body extends ByteArrayOutputStream {
    /** So much memory a server gets on its word that so much will come. */
    private static final int AT_FIRST = 64 * 1024;

    /** And then so many times as much as it has sent. */
    private static final int GROWTH_TO_WHAT_IS_EXPECTED = 32;

    private final long expected;

    /** The length that the server has announced, or the limit if that is less; -1 if it has not. */
    Body(long expected) {
        super((int) Math.max(0, Math.min(expected, AT_FIRST)));
        this.expected = expected;
    }

    /** Takes so many bytes. */
    void take(ByteBuffer bytes, int length) {
        if (count + length > buf.length) buf = Arrays.copyOf(buf, larger(count + length));
        bytes.get(buf, count, length);
        count += length;
    }

    private int larger(int needed) {
        long usual = Math.max(256, 2L * needed);
        long wanted = expected >= needed ? Math.min(expected, (long) GROWTH_TO_WHAT_IS_EXPECTED * needed) : usual;
        return (int) Math.min(Integer.MAX_VALUE - 8, wanted);
    }

    /** What has come, itself and not a copy. */
    byte[] bytes() {
        if (count != buf.length) buf = Arrays.copyOf(buf, count);
        return buf;
    }
}
