package dev.aikit.benchmarks;

import java.nio.ByteBuffer;

/** Times in chunks that a floor has not read. */
final class Stamps {
    private static final byte[] BEFORE = Bodies.ascii("\"content\":\"");

    private Stamps() {}

    /** The next time, and goes on behind it; 0 if there is none. */
    static long next(ByteBuffer bytes) {
        int last = bytes.limit() - BEFORE.length - Bodies.STAMP;
        for (int i = bytes.position(); i <= last; i++) {
            int k = 0;
            while (k < BEFORE.length && bytes.get(i + k) == BEFORE[k]) k++;
            if (k < BEFORE.length) continue;
            long time = 0;
            for (int d = 0; d < Bodies.STAMP; d++) time = time * 10 + bytes.get(i + k + d) - '0';
            bytes.position(i + k + Bodies.STAMP);
            return time;
        }
        return 0;
    }
}
