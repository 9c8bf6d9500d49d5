package dev.aikit.internal.call;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes as they come, in an array that is neither copied at the end nor much larger than what has come. */
final class Body implements Content {
    /** So much memory a server gets on its word that so much will come. */
    private static final int AT_FIRST = 64 * 1024;

    /** And then so many times as much as it has sent. */
    private static final int GROWTH_TO_WHAT_IS_EXPECTED = 32;

    private final long expected;
    private byte[] bytes;
    private int size;

    /** The length that the server has announced, or the limit if that is less; -1 if it has not. */
    Body(long expected) {
        this(new byte[(int) Math.max(0, Math.min(expected, AT_FIRST))], 0, expected);
    }

    private Body(byte[] bytes, int size, long expected) {
        this.bytes = bytes;
        this.size = size;
        this.expected = expected;
    }

    /** All of these bytes, which are not copied. */
    static Body of(byte[] bytes) {
        return new Body(bytes, bytes.length, bytes.length);
    }

    /** What another content has taken, and room for what it did not take. */
    static Body after(Content other, long expected) {
        return other.size() == 0 ? new Body(expected) : new Body(other.bytes(), other.size(), expected);
    }

    @Override
    public boolean take(ByteBuffer more) {
        int length = more.remaining();
        if (size + length > bytes.length) bytes = Arrays.copyOf(bytes, larger(size + length));
        more.get(bytes, size, length);
        size += length;
        return true;
    }

    private int larger(int needed) {
        long usual = Math.max(256, 2L * needed);
        long wanted = expected >= needed ? Math.min(expected, (long) GROWTH_TO_WHAT_IS_EXPECTED * needed) : usual;
        return (int) Math.min(Integer.MAX_VALUE - 8, wanted);
    }

    @Override
    public void end() {
        if (size != bytes.length) bytes = Arrays.copyOf(bytes, size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
