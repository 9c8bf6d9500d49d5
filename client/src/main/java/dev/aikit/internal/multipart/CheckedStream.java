package dev.aikit.internal.multipart;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that has the length it said, or else fails before the part after it can be sent. */
final class CheckedStream extends FilterInputStream {
    private final long length;
    private long read;

    /** With a length, or -1 if it said none. */
    CheckedStream(InputStream stream, long length) {
        super(stream);
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        int count = count(super.read(into, offset, most));
        // A stream has to wait for a byte; what joins the parts would take this for the end.
        if (count == 0 && most > 0) throw new IOException("the stream returned no byte, and no end either");
        return count;
    }

    private int count(int bytes) throws IOException {
        if (bytes > 0) read += bytes;
        if (bytes < 0 && read < length)
            throw new IOException("it ended after " + read + " of the " + length + " bytes that it said");
        if (length >= 0 && read > length)
            throw new IOException("it has more than the " + length + " bytes that it said");
        return bytes;
    }
}
