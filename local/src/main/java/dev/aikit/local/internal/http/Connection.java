package dev.aikit.local.internal.http;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection: its requests are answered one after the other, in order. Everything here runs on the event loop. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final int LONGEST_PIPELINE = 16;

    private final Channel channel;
    private final Limits limits;
    private final Consumer<Exchange> requests;
    private final Queue<Exchange> pipelined = new ArrayDeque<>();
    private @Nullable Exchange current;
    private @Nullable Incoming arriving;
    private boolean closing;

    Connection(Channel channel, Limits limits, Consumer<Exchange> requests) {
        this.channel = channel;
        this.limits = limits;
        this.requests = requests;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (message instanceof HttpRequest request) start(request);
        else if (message instanceof HttpContent content && arriving != null) {
            arriving.put(content);
            if (content instanceof LastHttpContent) arriving = null;
        }
    }

    private void start(HttpRequest request) {
        Exchange exchange = new Exchange(channel, limits, request, this::answered);
        arriving = exchange.incomingOrNull();
        if (current == null) begin(exchange);
        else if (pipelined.size() < LONGEST_PIPELINE) pipelined.add(exchange);
        else channel.close();
    }

    private void begin(Exchange exchange) {
        current = exchange;
        ApiError refusal = exchange.refusal();
        if (refusal != null) exchange.fail(refusal);
        else requests.accept(exchange);
    }

    private void answered() {
        current = null;
        Exchange next = pipelined.poll();
        if (next != null) begin(next);
        else if (closing) channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        dropPipelined();
        if (current != null) current.disconnected();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null) current.roomChanged();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "a connection failed", cause);
        channel.close();
    }

    private void dropPipelined() {
        pipelined.forEach(Exchange::disconnected);
        pipelined.clear();
    }

    /** Closes now, or after the answers that are being made. */
    void closeWhenIdle() {
        closing = true;
        if (current == null) channel.close();
    }

    /** Ends the answer that is being made with an error. */
    void abort() {
        dropPipelined();
        if (current != null) current.abort(ApiError.closing());
    }
}
