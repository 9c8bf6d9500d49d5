package dev.aikit.local.internal.http;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: either {@link #reply} or {@link #startStream}, {@link #event}s and {@link #endStream}, or
 * {@link #fail} at any point before the end. May be used by any thread; only {@code event} blocks.
 */
public final class Exchange {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private enum State {
        WAITING,
        STREAMING,
        ENDED
    }

    private final Channel channel;
    private final Duration stalledClient;
    private final Runnable answered;
    private final HttpVersion version;
    private final String method;
    private final String path;
    private final QueryStringDecoder query;
    private final byte[] body;
    private final @Nullable Incoming incoming;
    private final HttpRequest request;
    private final @Nullable ApiError refusal;
    private final String requestId = Responses.newRequestId();
    private final long received = System.nanoTime();

    private State state = State.WAITING;
    private boolean disconnected;
    private @Nullable Runnable cancel;

    /** @param request complete, or the head of one whose body is still to come */
    Exchange(Channel channel, Limits limits, HttpRequest request, Runnable answered) {
        this.channel = channel;
        this.stalledClient = limits.stalledClient();
        this.answered = answered;
        this.request = request;
        this.version = request.protocolVersion();
        this.method = request.method().name();
        this.path = request.uri().replaceFirst("\\?.*", "");
        this.query = new QueryStringDecoder(request.uri());
        this.body = request instanceof FullHttpRequest full ? ByteBufUtil.getBytes(full.content()) : new byte[0];
        this.incoming =
                request instanceof FullHttpRequest ? null : new Incoming(channel, stalledClient, this::sendContinue);
        this.refusal = refusal(request);
    }

    private static @Nullable ApiError refusal(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            String reason = request.decoderResult().cause().getMessage();
            return ApiError.request(400, null, "not an HTTP request: " + reason);
        }
        String host = request.headers().get(HttpHeaderNames.HOST, "localhost").toLowerCase(Locale.ROOT);
        // A page in a browser can give this machine a name of its own, and would then read what is answered.
        return LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", ""))
                ? null
                : ApiError.request(403, "host_not_allowed", "this server answers as localhost or 127.0.0.1 only");
    }

    /** Why the request is not even looked at; null if it is. */
    @Nullable
    ApiError refusal() {
        return refusal;
    }

    /** GET, POST, …; GET for HEAD too, whose answer is that of GET, cut off after its head. */
    public String method() {
        return method.equals("HEAD") ? "GET" : method;
    }

    /** The path as it was sent, without a query. */
    public String path() {
        return path;
    }

    /** The value of a query parameter, the last one if it is there several times; null if it is not. */
    public @Nullable String query(String name) {
        List<String> values = queryParameters().get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    /** The query parameters. */
    public Map<String, List<String>> queryParameters() {
        try {
            return query.parameters();
        } catch (IllegalArgumentException malformed) {
            throw ApiError.field(null, "The query is malformed: " + malformed.getMessage());
        }
    }

    /** The body, empty if there is none. */
    public byte[] body() {
        return body;
    }

    /** The request itself, for what reads its headers. */
    public HttpRequest request() {
        return request;
    }

    /** The body while it arrives; only for requests that may bring a file. */
    public Incoming incoming() {
        if (incoming == null) throw new IllegalStateException("the body has arrived");
        return incoming;
    }

    @Nullable
    Incoming incomingOrNull() {
        return incoming;
    }

    private void sendContinue() {
        if (HttpUtil.is100ContinueExpected(request)) channel.writeAndFlush(Responses.proceed());
    }

    /** What stops the work on the answer: runs once, when the client goes away or the server closes; at once if it has. */
    public void onCancel(Runnable stop) {
        synchronized (this) {
            if (!disconnected) {
                cancel = stop;
                return;
            }
        }
        stop.run();
    }

    /** The whole answer. Does nothing if the client has gone. */
    public void reply(int status, Json answer) {
        reply(status, answer, Map.of());
    }

    /** The whole answer is this error; or its last event, if a stream was started. */
    public void fail(ApiError error) {
        boolean streaming;
        synchronized (this) {
            streaming = state == State.STREAMING;
        }
        if (!streaming) {
            reply(error.status(), error.body(), error.headers());
        } else if (end()) {
            channel.write(new DefaultHttpContent(eventBytes(error.body().toString())));
            channel.writeAndFlush(new DefaultLastHttpContent()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void reply(int status, Json answer, Map<String, String> headers) {
        if (!end()) return;
        FullHttpResponse response = Responses.json(status, answer, requestId, millis());
        headers.forEach(response.headers()::set);
        // Whether the client still sends its body after an answer that it did not expect, nobody can tell.
        if (incoming != null && incoming.isUnasked() && HttpUtil.is100ContinueExpected(request))
            HttpUtil.setKeepAlive(response, false);
        afterwards(channel.writeAndFlush(response));
    }

    /** The whole answer is the content of a file, which is closed when it has been sent, or nobody wants it. */
    public void replyFile(FileChannel file, long length, String type) {
        DefaultFileRegion content = new DefaultFileRegion(file, 0, length);
        if (!end()) {
            content.release();
            return;
        }
        HttpResponse head = Responses.file(length, type, requestId, millis());
        channel.write(head);
        if (method.equals("HEAD")) content.release();
        else channel.write(content);
        afterwards(channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    }

    /** Sends the head of a stream of server-sent events. */
    public synchronized void startStream() {
        if (state == State.ENDED) throw new CancellationException("the answer has ended");
        state = State.STREAMING;
        channel.writeAndFlush(Responses.eventStream(version, requestId, millis()));
    }

    /**
     * Sends one event; waits while the client reads more slowly than that.
     *
     * @throws CancellationException if nobody will read it: the client has gone or stalled, or the thread was interrupted
     */
    public void event(Json data) {
        event(data.toString());
    }

    private void event(String data) {
        synchronized (this) {
            awaitRoom();
            if (state != State.STREAMING) throw new CancellationException("the answer has ended");
            channel.writeAndFlush(new DefaultHttpContent(eventBytes(data)));
        }
    }

    /** Sends {@code [DONE]} and ends the stream. */
    public void endStream() {
        event("[DONE]");
        if (end()) afterwards(channel.writeAndFlush(new DefaultLastHttpContent()));
    }

    private void awaitRoom() {
        long deadline = System.nanoTime() + stalledClient.toNanos();
        try {
            while (state == State.STREAMING && !channel.isWritable()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    channel.close();
                    throw new CancellationException("the client has read nothing for " + stalledClient);
                }
                wait(millis);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static ByteBuf eventBytes(String data) {
        return Unpooled.wrappedBuffer(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - received);
    }

    private void afterwards(ChannelFuture written) {
        written.addListener(done -> answered.run());
    }

    private synchronized boolean end() {
        if (state == State.ENDED) return false;
        state = State.ENDED;
        if (incoming != null) incoming.discard();
        notifyAll();
        return true;
    }

    synchronized void roomChanged() {
        notifyAll();
    }

    void disconnected() {
        Runnable stop;
        synchronized (this) {
            end();
            disconnected = true;
            stop = cancel;
            cancel = null;
        }
        if (stop != null) stop.run();
    }

    void abort(ApiError why) {
        fail(why);
        disconnected();
    }
}
