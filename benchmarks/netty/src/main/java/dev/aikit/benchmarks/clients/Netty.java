package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;

/** The bare HTTP stack that the client stands on: one event loop, its HTTP codec, and no reading of bodies. */
public final class Netty implements Client {
    private final EventLoop loop;
    private final ArrayDeque<Handler> idle = new ArrayDeque<>();
    private final URI address;
    private final Bootstrap bootstrap;
    private byte[] inputs;

    public Netty(String baseURL, int inFlight) {
        address = URI.create(baseURL);
        loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("netty", true), NioIoHandler.newFactory())
                .next();
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // Chunks whole: nothing here puts a time together that stands in two parts of one.
                        HttpDecoderConfig wholeChunks = new HttpDecoderConfig().setAllowPartialChunks(false);
                        channel.pipeline().addLast(new HttpClientCodec(wholeChunks, false, false), new Handler());
                    }
                });
    }

    @Override
    public void chat(Question question, Answer answer) {
        submit(new Request("/chat/completions", question.json(false), answer, null));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        submit(new Request("/chat/completions", question.json(true), null, pieces));
    }

    @Override
    public void embed(List<String> texts, Answer answer) {
        if (inputs == null) inputs = Question.embeddings(texts);
        submit(new Request("/embeddings", inputs, answer, null));
    }

    private void submit(Request request) {
        if (loop.inEventLoop()) request.run();
        else loop.execute(request);
    }

    private final class Request implements Runnable, ChannelFutureListener {
        private final String path;
        private final byte[] body;
        private final Answer answer;
        private final Pieces pieces;

        Request(String path, byte[] body, Answer answer, Pieces pieces) {
            this.path = path;
            this.body = body;
            this.answer = answer;
            this.pieces = pieces;
        }

        @Override
        public void run() {
            Handler handler = idle.poll();
            if (handler != null) send(handler);
            else
                bootstrap
                        .connect(new InetSocketAddress(address.getHost(), address.getPort()))
                        .addListener(this);
        }

        @Override
        public void operationComplete(ChannelFuture connected) {
            if (connected.isSuccess()) send(connected.channel().pipeline().get(Handler.class));
            else if (answer != null) answer.failed(connected.cause());
            else pieces.end(connected.cause());
        }

        private void send(Handler handler) {
            handler.answer = answer;
            handler.pieces = pieces;
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, address.getPath() + path, Unpooled.wrappedBuffer(body));
            request.headers()
                    .set(HttpHeaderNames.HOST, "127.0.0.1:" + address.getPort())
                    .set(HttpHeaderNames.AUTHORIZATION, "Bearer sk-test")
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON)
                    .set(HttpHeaderNames.USER_AGENT, "floor")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            handler.context.writeAndFlush(request, handler.context.voidPromise());
        }
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        private ChannelHandlerContext context;
        private Answer answer;
        private Pieces pieces;
        private byte[] body;
        private int length;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        @Override
        public void channelRead(ChannelHandlerContext unused, Object message) {
            if (message instanceof HttpResponse response && answer != null) {
                int announced = HttpUtil.getContentLength(response, 0);
                body = announced <= 1 << 16 ? new byte[announced] : null;
                length = 0;
            }
            if (!(message instanceof HttpContent content)) return;
            take(content.content());
            content.release();
            if (message instanceof LastHttpContent) end();
        }

        /** A small body is kept, as any client must; one of megabytes is only counted. */
        private void take(ByteBuf bytes) {
            int n = bytes.readableBytes();
            if (n == 0) return;
            if (answer == null) {
                pieces.unread(bytes.internalNioBuffer(bytes.readerIndex(), n));
                return;
            }
            if (body != null) bytes.readBytes(body, length, n);
            length += n;
        }

        private void end() {
            idle.push(this);
            if (answer != null) answer.unread(length);
            else pieces.end(null);
        }

        @Override
        public void channelInactive(ChannelHandlerContext unused) {
            exceptionCaught(context, new IOException("the server closed a connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
            if (answer != null) answer.failed(cause);
            else if (pieces != null) pieces.end(cause);
        }
    }
}
