package dev.aikit.durable.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aikit.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A fake of a model's server, for calls whose {@code user} is their key: answers each by its rule, "answer to KEY" unless
 * told otherwise, and says of each request that it came.
 */
public final class ModelServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for 40 ms
    }

    /** What to do to a request. */
    @FunctionalInterface
    public interface Rule {
        /** @param time which request with this key it is, from 1 */
        Reply to(String key, int time) throws Exception;
    }

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply ok(String text) {
            return new Reply(
                    200,
                    Map.of(),
                    Json.of(Map.of(
                                    "id",
                                    "chatcmpl-1",
                                    "choices",
                                    java.util.List.of(Map.of(
                                            "index",
                                            0,
                                            "finish_reason",
                                            "stop",
                                            "message",
                                            Map.of("role", "assistant", "content", text)))))
                            .toString());
        }

        public static Reply error(int status) {
            return new Reply(
                    status, Map.of(), "{\"error\":{\"message\":\"no, said the fake\",\"code\":\"e" + status + "\"}}");
        }

        public Reply withBody(String other) {
            return new Reply(status, headers, other);
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, AtomicInteger> times = new ConcurrentHashMap<>();
    private final Map<CompletableFuture<Void>, Integer> awaited = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Rule rule = (key, time) -> Reply.ok("answer to " + key);
    private volatile Consumer<String> journal = key -> {};

    public ModelServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1024);
        } catch (IOException error) {
            throw new java.io.UncheckedIOException(error);
        }
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "model-server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    public ModelServer rule(Rule other) {
        rule = other;
        return this;
    }

    /** Hears of each request's key before it is answered. */
    public ModelServer journal(Consumer<String> other) {
        journal = other;
        return this;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public int requests() {
        return requests.get();
    }

    /** Completed when so many requests have come. */
    public CompletableFuture<Void> whenRequests(int number) {
        CompletableFuture<Void> event = new CompletableFuture<>();
        awaited.put(event, number);
        if (requests.get() >= number) event.complete(null);
        return event;
    }

    public int requests(String key) {
        AtomicInteger count = times.get(key);
        return count == null ? 0 : count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = Json.parse(exchange.getRequestBody().readAllBytes())
                    .get("user")
                    .asText();
            int time =
                    times.computeIfAbsent(key, ignored -> new AtomicInteger()).incrementAndGet();
            journal.accept(key); // before it counts: who waits for a number finds all of them there
            int number = requests.incrementAndGet();
            awaited.forEach((event, wanted) -> {
                if (number >= wanted && awaited.remove(event) != null) event.complete(null);
            });
            Reply reply;
            try {
                reply = rule.to(key, time);
            } catch (Exception error) {
                throw new IOException(error); // closes the connection without an answer
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
