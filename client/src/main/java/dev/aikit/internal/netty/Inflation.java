package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unpacks a body that the server compressed although nobody asked for it. */
final class Inflation {
    /** Of the compressed bytes, at a time: they give a megabyte at the most. */
    private static final int STEP = 1024;

    private final JdkZlibDecoder decoder;
    private final EmbeddedChannel channel;
    private boolean begun;

    private Inflation(ZlibWrapper wrapper) {
        decoder = new JdkZlibDecoder(wrapper, false, 0);
        channel = new EmbeddedChannel(decoder);
    }

    /** Null where the body comes as it is, or compressed in a way that is not known here. */
    static @Nullable Inflation of(HttpHead head) {
        return switch (head.header("content-encoding").toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> new Inflation(ZlibWrapper.GZIP);
            case "deflate" -> new Inflation(ZlibWrapper.ZLIB_OR_NONE);
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
     * Some of the plain bytes, if there are any yet.
     *
     * @throws io.netty.handler.codec.DecoderException if the compressed ones make no sense
     */
    @Nullable ByteBuf next(ByteBuf compressed) {
        if (channel.inboundMessages().isEmpty() && compressed.isReadable()) {
            begun = true;
            channel.writeInbound(compressed.readRetainedSlice(Math.min(STEP, compressed.readableBytes())));
        }
        return channel.readInbound();
    }

    /** Whether plain bytes are there that need no further compressed ones. */
    boolean hasMore() {
        return !channel.inboundMessages().isEmpty();
    }

    /** Whether the compressed bytes came to their end, or there were none at all. */
    boolean isComplete() {
        return !begun || decoder.isClosed();
    }

    void close() {
        channel.close();
        channel.releaseInbound();
    }
}
