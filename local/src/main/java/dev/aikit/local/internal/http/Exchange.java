package dev.aikit.local.internal.http;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private final Duration stalledReader;
    private final Runnable answered;
    private final HttpVersion version;
    private final String method;
    private final String path;
    private final byte[] body;
    private final @Nullable ApiError refusal;
    private final String requestId = Responses.newRequestId();
    private final long received = System.nanoTime();

    private State state = State.WAITING;
    private boolean disconnected;
    private @Nullable Runnable cancel;

    Exchange(Channel channel, Duration stalledReader, FullHttpRequest request, Runnable answered) {
        this.channel = channel;
        this.stalledReader = stalledReader;
        this.answered = answered;
        this.version = request.protocolVersion();
        this.method = request.method().name();
        this.path = request.uri().replaceFirst("\\?.*", "");
        this.body = ByteBufUtil.getBytes(request.content());
        this.refusal = refusal(request);
    }

    private static @Nullable ApiError refusal(FullHttpRequest request) {
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

    /** GET, POST, … */
    public String method() {
        return method;
    }

    /** The path as it was sent, without a query. */
    public String path() {
        return path;
    }

    /** The body, empty if there is none. */
    public byte[] body() {
        return body;
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
        afterwards(channel.writeAndFlush(response));
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
        long deadline = System.nanoTime() + stalledReader.toNanos();
        try {
            while (state == State.STREAMING && !channel.isWritable()) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    channel.close();
                    throw new CancellationException("the client has read nothing for " + stalledReader);
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
