package dev.aikit.internal.netty;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A transport of one loop, driven from a test's thread. */
final class Client implements AutoCloseable {
    static final int MAX_HEADER_BYTES = 16 * 1024;

    final NettyTransport transport;
    final IoLoop loop;

    Client() {
        this(agent -> agent);
    }

    Client(UnaryOperator<HttpAgent> settings) {
        transport = new NettyTransport(HttpAgent.create(settings), MAX_HEADER_BYTES);
        loop = transport.nextLoop();
    }

    static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of(), new byte[0]);
    }

    static HttpCall post(URI uri, String body) {
        return new HttpCall(
                "POST", uri, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Opens an exchange and returns what it tells. */
    Recorder send(HttpCall call) {
        return send(call, new Recorder());
    }

    Recorder send(HttpCall call, Recorder recorder) {
        return send(call, Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS), recorder);
    }

    Recorder send(HttpCall call, Duration connectTimeout, Recorder recorder) {
        loop.execute(() -> recorder.exchange.complete(loop.open(call, connectTimeout, recorder)));
        return recorder;
    }

    /** Does something to an exchange on the loop, and waits for that. */
    void on(Recorder recorder, Consumer<Exchange> action) {
        Exchange exchange = recorder.exchange();
        onLoop(() -> {
            action.accept(exchange);
            return null;
        });
    }

    /** Waits until the loop has done all that it was given, and what was ready to be read. */
    <T> T onLoop(Callable<T> action) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(action.call());
            } catch (Exception error) {
                done.completeExceptionally(error);
            }
        });
        try {
            return done.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception error) {
            throw new AssertionError(error);
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
