package dev.aikit.local.internal.http;

import dev.aikit.local.internal.ApiError;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;

/** Puts a request and its body together; says what the limit is when a body is too long. */
final class RequestAggregator extends HttpObjectAggregator {
    RequestAggregator(int longestBody) {
        super(longestBody);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(tooLong()).addListener(ChannelFutureListener.CLOSE);
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
