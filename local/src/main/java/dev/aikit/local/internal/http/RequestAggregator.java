package dev.aikit.local.internal.http;

import dev.aikit.local.internal.ApiError;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.TimeUnit;

/** Puts a request and its body together; says what the limit is when a body is too long. */
final class RequestAggregator extends HttpObjectAggregator {
    private static final int LONGEST_LINGER_SECONDS = 5;

    RequestAggregator(int longestBody) {
        super(longestBody);
    }

    /** The body of a file is not kept in memory: whoever answers takes it piece by piece. */
    @Override
    public boolean acceptInboundMessage(Object message) throws Exception {
        boolean bringsFile = message instanceof HttpRequest request
                && request.method().equals(HttpMethod.POST)
                && request.uri().replaceFirst("\\?.*", "").equals("/v1/files")
                && request.decoderResult().isSuccess();
        return !bringsFile && super.acceptInboundMessage(message);
    }

    /**
     * Answers, and takes the rest of the body without keeping it: a connection that is closed with something unread is
     * reset, and the client may lose the answer.
     */
    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.pipeline().remove(HttpServerKeepAliveHandler.class); // it would close at once
        ctx.writeAndFlush(tooLong()).addListener(written -> ((SocketChannel) ctx.channel()).shutdownOutput());
        ctx.executor().schedule(() -> ctx.close(), LONGEST_LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int longestBody, ChannelPipeline pipeline) {
        Object response = super.newContinueResponse(start, longestBody, pipeline);
        return response instanceof FullHttpResponse full
                        && full.status().equals(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE)
                ? tooLong()
                : response;
    }

    private FullHttpResponse tooLong() {
        ApiError error = ApiError.request(
                413, "body_too_long", "the body of a request may have " + maxContentLength() + " bytes at most");
        FullHttpResponse response = Responses.json(413, error.body(), Responses.newRequestId(), 0);
        HttpUtil.setKeepAlive(response, false);
        return response;
    }
}
