package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/** Netty's reading and writing of frames; what it reads goes to an {@link H2Connection}. */
final class H2Handler extends Http2ConnectionHandler {
    /** How much a server may send on one stream before the listener has taken it. */
    static final int STREAM_WINDOW = 256 * 1024;

    private final H2Connection owner;

    private H2Handler(
            H2Connection owner,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        // To close is to close: no waiting for streams.
        super(decoder, encoder, settings, true);
        this.owner = owner;
    }

    static H2Handler of(H2Connection owner, int maxHeaderBytes) {
        return new Builder(owner, maxHeaderBytes).build();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        owner.heardFromServer();
        super.channelRead(context, message);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        H2Stream stream = owner.stream(error.streamId());
        if (stream != null) stream.broken(error);
        super.onStreamError(context, outbound, cause, error);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean outbound, Throwable cause, Http2Exception error) {
        owner.broken(outbound, error == null ? cause : error);
        super.onConnectionError(context, outbound, cause, error);
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<H2Handler, Builder> {
        private final H2Connection owner;

        Builder(H2Connection owner, int maxHeaderBytes) {
            this.owner = owner;
            server(false);
            initialSettings(new Http2Settings()
                    .pushEnabled(false)
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(maxHeaderBytes));
            frameListener(new Frames(owner));
        }

        @Override
        protected H2Handler build() {
            return super.build();
        }

        @Override
        protected H2Handler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            return new H2Handler(owner, decoder, encoder, settings);
        }
    }

    private static final class Frames extends Http2FrameAdapter {
        private final H2Connection owner;

        Frames(H2Connection owner) {
            this.owner = owner;
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            owner.settings(settings);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean end) {
            H2Stream stream = owner.stream(id);
            if (stream != null) stream.headers(headers, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end) {
            onHeadersRead(context, id, headers, padding, end);
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            H2Stream stream = owner.stream(id);
            return stream == null ? data.readableBytes() + padding : stream.data(data, padding, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int id, long errorCode) {
            H2Stream stream = owner.stream(id);
            if (stream != null) stream.reset(errorCode);
        }
    }
}
