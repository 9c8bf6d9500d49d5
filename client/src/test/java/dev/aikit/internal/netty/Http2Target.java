package dev.aikit.internal.netty;

import dev.aikit.chat.StreamTarget;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Any frames as what a server of HTTP/2 sends. The first byte chooses: whether they are well cut frames (type, flags, stream and
 * length in a byte each, then what is in the frame) or any bytes, and whether the server's settings come first.
 */
public final class Http2Target {
    private static final byte[] NO_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int[] STREAMS = {EmbeddedLoop.FIRST_STREAM, 0, 1, 2, 5, Integer.MAX_VALUE, 1 << 31 | 3};
    private static final int ANY_BYTES = 16;
    private static final int NO_PREFACE = 32;

    private Http2Target() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) StreamTarget.http2(sent(input), input[0] & 0xff);
    }

    /** What such an input stands for. */
    static byte[] sent(byte[] input) {
        int choice = input[0] & 0xff;
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        if ((choice & NO_PREFACE) == 0) sent.writeBytes(NO_SETTINGS);
        if ((choice & ANY_BYTES) == 0) frames(ByteBuffer.wrap(input, 1, input.length - 1), sent);
        else sent.write(input, 1, input.length - 1);
        return sent.toByteArray();
    }

    private static void frames(ByteBuffer input, ByteArrayOutputStream sent) {
        while (input.remaining() >= 4) {
            byte type = input.get();
            byte flags = input.get();
            int stream = STREAMS[(input.get() & 0xff) % STREAMS.length];
            byte[] content = new byte[Math.min(input.get() & 0xff, input.remaining())];
            input.get(content);
            ByteBuffer head = ByteBuffer.allocate(9);
            head.put((byte) 0)
                    .putShort((short) content.length)
                    .put(type)
                    .put(flags)
                    .putInt(stream);
            sent.writeBytes(head.array());
            sent.writeBytes(content);
        }
    }
}
