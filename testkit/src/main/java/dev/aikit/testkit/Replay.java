package dev.aikit.testkit;

import dev.aikit.testkit.RecordedExchange.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that says again what a {@link Recorder} has written, streams in the same pieces.
 *
 * <pre>{@code
 * try (Replay replay = Replay.start(Path.of("src/test/resources/greeting"))) {
 *     OpenAI client = OpenAI.create(c -> c.baseURL(replay.baseURL()));
 *     ...
 * }
 * }</pre>
 *
 * <p>A request gets the first answer left that was recorded for its method, its target and, if that is JSON, its body; other
 * headers and keys do not matter. Each answer is given once. A request that was not recorded gets none, and is a failure of
 * the test: {@link #close} throws it.
 */
public final class Replay implements AutoCloseable {
    private static final Set<String> MADE_ANEW =
            Set.of("transfer-encoding", "content-length", "connection", "keep-alive", ":status");

    private final ScriptedServer server = ScriptedServer.start();
    private final Scrubber scrubber = new Scrubber();
    private final List<RecordedExchange> left;
    private volatile boolean pauses;

    private Replay(List<RecordedExchange> exchanges) {
        left = exchanges;
        server.otherwise(this::answer);
    }

    /**
     * Listens on a loopback port.
     *
     * @throws IOException also if a file in the folder is no recording
     */
    public static Replay start(Path folder) throws IOException {
        List<RecordedExchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) exchanges.add(RecordedExchange.read(file));
        }
        if (exchanges.isEmpty()) throw new IOException("there are no recordings in " + folder);
        return new Replay(exchanges);
    }

    /** Keeps the pauses between the pieces of an answer, as they were. By default there are none. */
    public Replay withPauses() {
        pauses = true;
        return this;
    }

    /** The base URL for the client. */
    public String baseURL() {
        return server.baseURL();
    }

    /** Waits for the next request that has not been taken yet. */
    public ReceivedRequest takeRequest() {
        return server.takeRequest();
    }

    /** The recorded requests that have not come yet, as in "GET /v1/models". */
    public List<String> left() {
        synchronized (left) {
            return left.stream().map(Replay::name).toList();
        }
    }

    private static String name(RecordedExchange exchange) {
        return exchange.method() + " " + exchange.target();
    }

    private RecordedExchange next(ReceivedRequest request) {
        scrubber.learn(request.target(), request.headers());
        String target = scrubber.target(request.target());
        Object json = RecordedExchange.json(request.headers(), scrubber.body(request.body()));
        synchronized (left) {
            for (RecordedExchange exchange : left) {
                if (!exchange.method().equals(request.method())
                        || !exchange.target().equals(target)) continue;
                Object recorded = RecordedExchange.json(exchange.requestHeaders(), exchange.requestBody());
                if (json != null && recorded != null && !json.equals(recorded)) continue;
                left.remove(exchange);
                return exchange;
            }
            throw new AssertionError("not recorded, or not so often: " + request.method() + " " + target
                    + (json == null ? "" : " with " + JsonText.of(json)) + "; left are " + left());
        }
    }

    private void answer(ServerExchange to) throws IOException, InterruptedException {
        RecordedExchange exchange = next(to.request());
        boolean chunked = isChunked(exchange.method(), exchange.status(), exchange.headers());
        head(to, exchange.method(), exchange.status(), exchange.headers());
        for (Piece piece : exchange.pieces()) {
            if (pauses) TimeUnit.MILLISECONDS.sleep(piece.afterMillis());
            body(to, chunked, piece.bytes());
        }
        if (exchange.cut()) to.cut();
        else if (chunked) to.chunk("");
    }

    /** Whether there is a body whose length was not said before. */
    static boolean isChunked(String method, int status, Map<String, List<String>> headers) {
        return !headers.containsKey("content-length") && !method.equals("HEAD") && status != 204 && status != 304;
    }

    static void head(ServerExchange to, String method, int status, Map<String, List<String>> headers)
            throws IOException {
        List<String> lines = new ArrayList<>();
        headers.forEach((name, values) -> {
            if (!MADE_ANEW.contains(name)) for (String value : values) lines.add(name + ": " + value);
        });
        for (String length : headers.getOrDefault("content-length", List.of())) lines.add("content-length: " + length);
        if (isChunked(method, status, headers)) lines.add("transfer-encoding: chunked");
        to.head(status, lines.toArray(new String[0]));
    }

    static void body(ServerExchange to, boolean chunked, byte[] bytes) throws IOException {
        if (chunked) to.chunk(bytes);
        else to.raw(bytes);
    }

    /** Closes everything, and throws what was asked for and not recorded. */
    @Override
    public void close() {
        server.close();
    }
}
