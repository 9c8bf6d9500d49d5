package dev.aikit.local.internal.http;

import dev.aikit.json.Json;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.UUID;

/** The heads of answers. */
final class Responses {
    private Responses() {}

    static String newRequestId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    static FullHttpResponse json(int status, Json body, String requestId, long millis) {
        byte[] bytes = body.toBytes();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        addCommon(response.headers(), requestId, millis);
        return response;
    }

    static HttpResponse eventStream(HttpVersion version, String requestId, long millis) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        // A client of HTTP/1.0 knows no chunks: its stream ends with the connection.
        HttpUtil.setTransferEncodingChunked(response, version.equals(HttpVersion.HTTP_1_1));
        addCommon(response.headers(), requestId, millis);
        return response;
    }

    static HttpResponse file(long length, String type, String requestId, long millis) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
        addCommon(response.headers(), requestId, millis);
        return response;
    }

    static FullHttpResponse proceed() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    private static void addCommon(HttpHeaders headers, String requestId, long millis) {
        headers.set("x-request-id", requestId);
        headers.set("openai-processing-ms", millis);
    }
}
