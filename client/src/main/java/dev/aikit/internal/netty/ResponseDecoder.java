package dev.aikit.internal.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;

/** Netty's decoder, told of each request: what answers a HEAD has no body, and what answers nothing is not read. */
final class ResponseDecoder extends HttpResponseDecoder {
    private static final int LARGEST_PIECE = 64 * 1024;

    private boolean expecting;
    private boolean withoutBody;
    private boolean begun;

    private final HeaderNames names;

    ResponseDecoder(int maxHeaderBytes, HeaderNames names) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxHeaderBytes)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(LARGEST_PIECE)
                .setTrailersFactory(NoTrailers.INSTANCE)
                // Lines that end in a bare line feed are read, as RFC 9112, section 2.2, allows: small servers send
                // them.
                .setStrictLineParsing(false));
        this.names = names;
    }

    @Override
    protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
        return names.name(bytes, start, length);
    }

    /** A request is being sent. */
    void expect(boolean answerWithoutBody) {
        expecting = true;
        withoutBody = answerWithoutBody;
        begun = false;
    }

    /** Its answer has come: what comes now is not an answer. */
    void expectNothing() {
        expecting = false;
    }

    /** Whether anything has been received since the last request. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether bytes were received beyond the last answer. */
    boolean hasLeftovers() {
        return actualReadableBytes() > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!expecting) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        begun = true;
        super.channelRead(context, message);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return withoutBody || super.isContentAlwaysEmpty(message);
    }
}
