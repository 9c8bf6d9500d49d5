package dev.aikit.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways to cut bytes into the pieces in which a network may deliver them. */
public final class Cuts {
    private Cuts() {}

    /** All in one. */
    public static List<ByteBuffer> none(byte[] bytes) {
        return List.of(ByteBuffer.wrap(bytes));
    }

    /** In two, before that byte. */
    public static List<ByteBuffer> at(byte[] bytes, int place) {
        return List.of(ByteBuffer.wrap(bytes, 0, place), ByteBuffer.wrap(bytes, place, bytes.length - place));
    }

    /** Each byte alone. */
    public static List<ByteBuffer> everywhere(byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>(bytes.length);
        for (int i = 0; i < bytes.length; i++) pieces.add(ByteBuffer.wrap(bytes, i, 1));
        return pieces;
    }

    /** By chance: pieces of up to 1, 4, 16, 64 or 256 bytes. */
    public static List<ByteBuffer> random(byte[] bytes, Random random) {
        int longest = 1 << 2 * random.nextInt(5);
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(bytes.length - from, 1 + random.nextInt(longest));
            pieces.add(ByteBuffer.wrap(bytes, from, length));
            from += length;
        }
        return pieces;
    }
}
