package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpHead;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a body that the server compressed although nobody asked for it, a little at a time: a few compressed bytes may
 * be a thousand times as many, and a pause must hold.
 */
final class Inflation {
    private static final int STEP = 16 * 1024;

    private final @Nullable GzipFrame frame;
    private @Nullable Inflater inflater;
    private final byte[] plain = new byte[STEP];
    private @Nullable DataFormatException damage;
    private boolean begun;
    private boolean complete;

    private Inflation(@Nullable GzipFrame frame) {
        this.frame = frame;
    }

    /** Null where the body comes as it is, or compressed in a way that is not known here. */
    static @Nullable Inflation of(HttpHead head) {
        return switch (head.header("content-encoding").toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new Inflation(new GzipFrame());
            case "deflate" -> new Inflation(null);
            default -> null;
        };
    }

    /** The head without what was said of the compressed body. */
    static HttpHead without(HttpHead head) {
        Map<String, List<String>> headers = new LinkedHashMap<>(head.headers());
        headers.remove("content-encoding");
        headers.remove("content-length");
        return new HttpHead(head.status(), head.statusText(), headers);
    }

    /**
     * Some of the plain bytes, valid until the next call, or null when all of the compressed ones have been taken; to be
     * called with the same ones until then.
     *
     * @throws DataFormatException if the compressed bytes make no sense
     */
    @Nullable
    ByteBuffer next(ByteBuf compressed) throws DataFormatException {
        while (true) {
            Inflater active = inflater != null ? inflater : begin(compressed);
            if (active == null) return null;
            if (damage != null) throw damage;
            int count = inflate(active);
            if (active.needsDictionary()) throw new DataFormatException("a dictionary is needed");
            if (frame != null) frame.passed(plain, count);
            if (active.finished()) finish(active, compressed);
            else if (count == 0 && !feed(active, compressed)) return null;
            if (count > 0) return ByteBuffer.wrap(plain, 0, count);
        }
    }

    /** What comes before the damage counts, wherever the network cuts the bytes. */
    private int inflate(Inflater active) throws DataFormatException {
        long before = active.getBytesWritten();
        try {
            return active.inflate(plain);
        } catch (DataFormatException found) {
            int sound = (int) (active.getBytesWritten() - before);
            if (sound == 0) throw found;
            damage = found;
            return sound;
        }
    }

    private @Nullable Inflater begin(ByteBuf compressed) throws DataFormatException {
        if (!compressed.isReadable()) return null;
        begun = true;
        if (frame != null) {
            if (frame.takeUntilBody(compressed)) inflater = new Inflater(true);
        } else {
            if (complete) throw new DataFormatException("more bytes after the end");
            // By the standard in the frame of zlib, which begins with an 8 in its lower half; some servers leave it
            // out.
            boolean framed = (compressed.getByte(compressed.readerIndex()) & 0x0f) == 8;
            inflater = new Inflater(!framed);
        }
        return inflater;
    }

    private void finish(Inflater active, ByteBuf compressed) {
        // What it was fed too much belongs to what follows.
        compressed.readerIndex(compressed.readerIndex() - active.getRemaining());
        close();
        if (frame != null) frame.endOfBody();
        complete = true;
    }

    private static boolean feed(Inflater active, ByteBuf compressed) {
        if (!compressed.isReadable()) return false;
        byte[] some = new byte[Math.min(STEP, compressed.readableBytes())];
        compressed.readBytes(some);
        active.setInput(some);
        return true;
    }

    /** Whether the compressed bytes came to their end, or there were none at all. */
    boolean isComplete() {
        return !begun || (frame == null ? complete : frame.isComplete());
    }

    void close() {
        if (inflater != null) inflater.end();
        inflater = null;
    }
}
