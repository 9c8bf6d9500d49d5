package dev.aikit.local.internal.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes heads of GGUF files. */
final class GgufWriter {
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private long count;

    GgufWriter text(String key, String value) {
        return entry(key, 8, text(value));
    }

    GgufWriter number(String key, int value) {
        return entry(key, 4, u32(value));
    }

    GgufWriter list(String key, String... values) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.writeBytes(u32(8));
        list.writeBytes(u64(values.length));
        for (String value : values) list.writeBytes(text(value));
        return entry(key, 9, list.toByteArray());
    }

    private GgufWriter entry(String key, int type, byte[] value) {
        entries.writeBytes(text(key));
        entries.writeBytes(u32(type));
        entries.writeBytes(value);
        count++;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(u32(3));
        file.writeBytes(u64(0));
        file.writeBytes(u64(count));
        file.writeBytes(entries.toByteArray());
        return file.toByteArray();
    }

    /** One entry, to be put into the head of another file. */
    static byte[] textEntry(String key, String value) {
        return new GgufWriter().text(key, value).entries.toByteArray();
    }

    private static byte[] text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] u64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }
}
