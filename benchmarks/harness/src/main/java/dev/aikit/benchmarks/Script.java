package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What the {@link Server} does on one path. */
interface Script {
    void answer(Connection connection) throws IOException;

    /**
     * By its name: {@code text-N} an answer with N characters, {@code stream-N} N chunks in one burst, {@code paced-N-T} N
     * chunks, one every T milliseconds, {@code slow-N-T} the same with the time in them, {@code stamp} one
     * chunk with the time at which the request was there, {@code embeddings} and {@code base64}.
     */
    static Script of(String name, Wheel wheel) {
        String[] parts = name.split("-");
        return switch (parts[0]) {
            case "text" -> whole(Bodies.answer(Bodies.completion(Integer.parseInt(parts[1]))));
            case "embeddings" -> whole(Bodies.answer(Bodies.embeddings(false)));
            case "base64" -> whole(Bodies.answer(Bodies.embeddings(true)));
            case "stream" -> whole(Bodies.stream(Integer.parseInt(parts[1])));
            case "paced" -> new Timed(wheel, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), false);
            case "slow" -> new Timed(wheel, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), true);
            case "stamp" -> new Stamped();
            default -> throw new IllegalArgumentException("no such path: " + name);
        };
    }

    private static Script whole(ByteBuffer answer) {
        return connection -> connection.send(answer);
    }

    /** Writes a time over the digits of a chunk. */
    static ByteBuffer stamp(ByteBuffer chunk, int at, long time) {
        long rest = time;
        for (int i = Bodies.STAMP - 1; i >= 0; i--, rest /= 10) chunk.put(at + i, (byte) ('0' + rest % 10));
        return chunk;
    }

    /** Where the digits of a chunk begin. */
    static int stampAt(ByteBuffer chunk) {
        for (int i = 0; ; i++) {
            int k = 0;
            while (k < Bodies.STAMP && chunk.get(i + k) == '0') k++;
            if (k == Bodies.STAMP) return i;
        }
    }

    /** Head and one chunk in one write, then the end: how soon does a text arrive? */
    final class Stamped implements Script {
        private final ByteBuffer first;
        private final int at;

        Stamped() {
            ByteBuffer head = Bodies.streamHead();
            ByteBuffer chunk = Bodies.chunk("0".repeat(Bodies.STAMP));
            first = ByteBuffer.allocateDirect(head.remaining() + chunk.remaining());
            first.put(head).put(chunk).flip();
            at = stampAt(first);
        }

        @Override
        public void answer(Connection connection) throws IOException {
            connection.send(stamp(first, at, connection.asked));
            connection.send(Bodies.streamEnd());
        }
    }

    /** Chunks on a timetable. A client that does not read misses its turn, and gets the chunk at the next one. */
    final class Timed implements Script {
        private final Wheel wheel;
        private final int chunks;
        private final int period;
        private final boolean stamped;
        private final ByteBuffer head = Bodies.streamHead();
        private final ByteBuffer end = Bodies.streamEnd();
        private final ByteBuffer chunk;
        private final int at;
        private int streams;

        Timed(Wheel wheel, int chunks, int period, boolean stamped) {
            this.wheel = wheel;
            this.chunks = chunks;
            this.period = period;
            this.stamped = stamped;
            this.chunk = Bodies.chunk(stamped ? "0".repeat(Bodies.STAMP) : Bodies.PIECE);
            this.at = stamped ? stampAt(chunk) : 0;
        }

        /** The head at once; the first chunk is put anywhere into the first period, so that streams do not march in step. */
        @Override
        public void answer(Connection connection) throws IOException {
            connection.sent = 0;
            connection.send(head);
            wheel.in(1 + streams++ * 7919 % period, () -> step(connection));
        }

        private void step(Connection connection) {
            if (!connection.isOpen()) return;
            try {
                if (connection.isIdle()) next(connection);
                if (connection.sent <= chunks) wheel.in(period, () -> step(connection));
            } catch (IOException gone) {
                connection.close();
            }
        }

        private void next(Connection connection) throws IOException {
            if (connection.sent++ == chunks) connection.send(end);
            else if (stamped) connection.send(copy(stamp(chunk, at, System.nanoTime())));
            else connection.send(chunk);
        }

        /** The next stream writes its time into the same bytes. */
        private static ByteBuffer copy(ByteBuffer chunk) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.duplicate().get(bytes);
            return ByteBuffer.wrap(bytes);
        }
    }
}
