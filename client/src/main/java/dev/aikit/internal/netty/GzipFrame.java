package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/** What gzip puts around compressed bytes (RFC 1952), however it is split: a header before them, a checksum after them. */
final class GzipFrame {
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final CRC32 crc = new CRC32();
    /** Of a header or trailer that is not whole yet; no server puts more into one. */
    private final byte[] held = new byte[1024];

    private int length;
    private boolean inTrailer;
    private boolean complete;
    private long bytes;

    /**
     * Takes what stands around the compressed bytes; returns whether these follow.
     *
     * @throws DataFormatException if this is not gzip, or the checksum is another
     */
    boolean takeUntilBody(ByteBuf in) throws DataFormatException {
        while (in.isReadable()) {
            byte next = in.readByte();
            boolean padding = complete && length == 0 && next == 0;
            if (padding) continue;
            complete = false;
            if (length == held.length) throw new DataFormatException("a header of over " + length + " bytes");
            held[length++] = next;
            if (inTrailer && length == 8) endOfTrailer();
            else if (!inTrailer && isWholeHeader()) {
                length = 0;
                return true;
            }
        }
        return false;
    }

    private void endOfTrailer() throws DataFormatException {
        if (number(0) != (int) crc.getValue() || number(4) != (int) bytes)
            throw new DataFormatException("the checksum is wrong");
        crc.reset();
        bytes = 0;
        length = 0;
        inTrailer = false;
        complete = true;
    }

    private int number(int at) {
        return held[at] & 0xff | (held[at + 1] & 0xff) << 8 | (held[at + 2] & 0xff) << 16 | held[at + 3] << 24;
    }

    private boolean isWholeHeader() throws DataFormatException {
        boolean gzip = (length < 2 || held[1] == (byte) 0x8b) && (length < 3 || held[2] == 8);
        if (held[0] != 0x1f || !gzip) throw new DataFormatException("not gzip");
        if (length < 10) return false;
        int flags = held[3];
        int end = 10;
        if ((flags & EXTRA) != 0) {
            if (length < 12) return false;
            end = 12 + (held[10] & 0xff | (held[11] & 0xff) << 8);
        }
        if ((flags & NAME) != 0) end = afterZero(end);
        if ((flags & COMMENT) != 0) end = afterZero(end);
        if ((flags & CHECKSUM) != 0) end += 2;
        return length >= end;
    }

    /** More than there is, if the zero has not come. */
    private int afterZero(int from) {
        for (int i = from; i < length; i++) if (held[i] == 0) return i + 1;
        return Math.max(from, length) + 1;
    }

    /** These are plain bytes of the body. */
    void passed(byte[] plain, int count) {
        crc.update(plain, 0, count);
        bytes += count;
    }

    void endOfBody() {
        inTrailer = true;
    }

    /** Whether the body has come to its end, and the checksum too. */
    boolean isComplete() {
        return complete;
    }
}
