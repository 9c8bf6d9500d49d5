package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes down what one exchange tells its listener, and lets a test wait for it. A test overrides what it wants to react to. */
class Recorder implements ExchangeListener {
    /** {@code connected}, {@code head 200}, {@code body 5}, {@code end}, {@code failed LOST}, in order. */
    final List<String> events = new CopyOnWriteArrayList<>();

    final CompletableFuture<Exchange> exchange = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<HttpHead> head = new CompletableFuture<>();
    private final CompletableFuture<TransportFailure> failure = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @Override
    public void connected() {
        events.add("connected");
        connected.complete(null);
    }

    @Override
    public void head(HttpHead received) {
        events.add("head " + received.status());
        head.complete(received);
    }

    @Override
    public void body(ByteBuffer bytes) {
        events.add("body " + bytes.remaining());
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        synchronized (body) {
            body.writeBytes(some);
            body.notifyAll();
        }
    }

    @Override
    public void end() {
        events.add("end");
        end.complete(null);
        failure.completeExceptionally(new AssertionError("the exchange ended well: " + events));
    }

    @Override
    public void failed(TransportFailure reason) {
        events.add("failed " + reason.reason());
        failure.complete(reason);
        end.completeExceptionally(reason);
        head.completeExceptionally(reason);
    }

    void awaitConnected() {
        await(connected, "connected");
    }

    HttpHead awaitHead() {
        return await(head, "a head");
    }

    TransportFailure awaitFailure() {
        return await(failure, "a failure");
    }

    /** Waits for the end, and returns the body. */
    String awaitEnd() {
        await(end, "the end");
        return text();
    }

    /** Waits until the body has come that far. */
    void awaitBody(int bytes) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        synchronized (body) {
            while (body.size() < bytes) {
                long left = until - System.nanoTime();
                assertThat(left)
                        .as("only %s of %s bytes came; %s", body.size(), bytes, events)
                        .isPositive();
                try {
                    TimeUnit.NANOSECONDS.timedWait(body, left);
                } catch (InterruptedException error) {
                    throw new AssertionError(error);
                }
            }
        }
    }

    int received() {
        synchronized (body) {
            return body.size();
        }
    }

    String text() {
        synchronized (body) {
            return body.toString(StandardCharsets.UTF_8);
        }
    }

    Exchange exchange() {
        return await(exchange, "the exchange");
    }

    private <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("waited in vain for " + what + "; so far " + events, late);
        } catch (Exception error) {
            throw new AssertionError("instead of " + what + ": " + events, error);
        }
    }
}
