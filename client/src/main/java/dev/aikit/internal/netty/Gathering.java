package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the small pieces of an answer that one look at the socket has brought into one: servers send each event of a stream
 * as a chunk of its own, and each step that takes many together costs as much as it does for one. Of one loop.
 */
final class Gathering {
    /** Copying more than that costs more than it saves. */
    static final int LARGEST_PIECE = 4 * 1024;

    private final byte[] bytes = new byte[32 * 1024];
    private int length;
    private @Nullable NettyExchange exchange;

    /** Takes a piece for that exchange, and releases it; what had no more room is handed on before. */
    void add(NettyExchange of, ByteBuf piece) {
        int more = piece.readableBytes();
        if (exchange != of || length + more > bytes.length) handOn();
        exchange = of;
        piece.readBytes(bytes, length, more);
        length += more;
        piece.release();
    }

    /** The exchange takes what there is for it. */
    void handOn() {
        NettyExchange to = exchange;
        if (to == null) return;
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
        exchange = null;
        length = 0;
        to.shared(all);
    }
}
