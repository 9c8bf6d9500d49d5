package dev.aikit.local.internal.http;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Limits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection: its requests are answered one after the other, in order. Everything here runs on the event loop. */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final int LONGEST_PIPELINE = 16;

    private final Channel channel;
    private final Limits limits;
    private final Consumer<Exchange> requests;
    private final Queue<Exchange> pipelined = new ArrayDeque<>();
    private @Nullable Exchange current;
    private boolean closing;

    Connection(Channel channel, Limits limits, Consumer<Exchange> requests) {
        this.channel = channel;
        this.limits = limits;
        this.requests = requests;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        Exchange exchange = new Exchange(channel, limits.stalledReader(), request, this::answered);
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
        pipelined.clear();
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

    /** Closes now, or after the answers that are being made. */
    void closeWhenIdle() {
        closing = true;
        if (current == null) channel.close();
    }

    /** Ends the answer that is being made with an error. */
    void abort() {
        pipelined.clear();
        if (current != null) current.abort(ApiError.closing());
    }
}
