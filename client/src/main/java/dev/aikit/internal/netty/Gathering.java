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

    /** Takes a piece for that exchange, and releases it. */
    void add(NettyExchange of, ByteBuf piece) {
        int more = piece.readableBytes();
        makeRoom(of, more);
        piece.readBytes(bytes, length, more);
        length += more;
        piece.release();
    }

    /** Takes a copy of the piece that stands there. */
    void add(NettyExchange of, ByteBuffer from, int at, int more) {
        makeRoom(of, more);
        from.get(at, bytes, length, more);
        length += more;
    }

    /** What has no more room is handed on before. */
    private void makeRoom(NettyExchange of, int more) {
        if (exchange != null && (exchange != of || length + more > bytes.length)) handOn();
        exchange = of;
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
