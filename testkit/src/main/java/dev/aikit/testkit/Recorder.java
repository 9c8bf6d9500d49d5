package dev.aikit.testkit;

import dev.aikit.testkit.RecordedExchange.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Stands between a client and a real server, hands everything on, and writes each exchange into a file, for {@link Replay}:
 *
 * <pre>{@code
 * try (Recorder recorder = Recorder.start("https://api.openai.com/v1", Path.of("src/test/resources/greeting"))) {
 *     OpenAI client = OpenAI.create(c -> c.baseURL(recorder.baseURL()).apiKey(System.getenv("OPENAI_API_KEY")));
 *     ...
 * }
 * }</pre>
 *
 * <p>Files are JSON, {@code 001-POST-chat-completions.json} and so on, with the pieces in which a stream came and the pauses
 * between them. Keys, organizations, projects and cookies are starred out: by the names of headers, parameters and fields, by
 * their look, and wherever a value stands that was sent under such a name. What nobody can know to be secret is not: see
 * {@link #secret}, and read a recording before you publish it.
 */
public final class Recorder implements AutoCloseable {
    /** What belongs to one connection, or is made by the client below; compressed answers could not be scrubbed. */
    private static final Set<String> NOT_HANDED_ON = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "content-length",
            "transfer-encoding",
            "te",
            "upgrade",
            "expect",
            "accept-encoding");

    private final ScriptedServer server = ScriptedServer.start();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS))
            .build();
    private final Scrubber scrubber = new Scrubber();
    private final AtomicInteger exchanges = new AtomicInteger();
    /** What is being handed on. */
    private final Set<InputStream> bodies = ConcurrentHashMap.newKeySet();

    private final String upstream;
    private final Path folder;

    private Recorder(String upstream, Path folder) {
        this.upstream = upstream;
        this.folder = folder;
        server.otherwise(this::handOn);
    }

    /**
     * Listens on a loopback port.
     *
     * @param baseURL of the real server, with its {@code /v1} if it has one
     * @param folder made if it is not there; must not hold recordings
     * @throws IllegalArgumentException if the address cannot be used, or the folder holds files
     */
    public static Recorder start(String baseURL, Path folder) throws IOException {
        URI uri = URI.create(baseURL);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme()))
            throw new IllegalArgumentException("baseURL must begin with http:// or https://, but is " + baseURL);
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent())
                throw new IllegalArgumentException("folder must be empty, but there are files in " + folder);
        }
        return new Recorder(baseURL.replaceFirst("/+$", ""), folder);
    }

    /** The base URL for the client. */
    public String baseURL() {
        return server.baseURL();
    }

    /** One more value that must not be in the files, wherever it stands; of at least 6 characters. */
    public Recorder secret(String value) {
        if (value.length() < 6) throw new IllegalArgumentException("value must have at least 6 characters");
        scrubber.secret(value);
        return this;
    }

    private void handOn(ServerExchange to) throws InterruptedException, IOException {
        int number = exchanges.incrementAndGet(); // by when it came: a client may go on before a stream has quite ended
        ReceivedRequest request = to.request();
        HttpResponse<InputStream> response;
        try {
            response = http.send(forUpstream(request), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException error) {
            // Before the client has its answer, and may close this.
            server.scriptFailed(new IOException("no answer from " + upstream, error));
            to.answer(
                    502,
                    Answers.error("the recorder got no answer from " + upstream),
                    "content-type: application/json");
            return;
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        if (headers.containsKey("content-encoding") || request.headers().containsKey("content-encoding"))
            throw new IllegalStateException("a compressed body cannot be recorded: " + request);
        Answer answer = new Answer(number, request, response.statusCode(), headers, new ArrayList<>());
        InputStream body = response.body();
        bodies.add(body);
        try (body) {
            handOn(body, to, answer);
        } finally {
            bodies.remove(body);
        }
    }

    /** What is known of an answer so far. */
    private record Answer(
            int number, ReceivedRequest request, int status, Map<String, List<String>> headers, List<Piece> pieces) {}

    /** The file is there before the client has the end of the answer. */
    private void handOn(InputStream body, ServerExchange to, Answer answer) throws IOException {
        boolean chunked = Replay.isChunked(answer.request.method(), answer.status, answer.headers);
        long left = chunked || answer.request.method().equals("HEAD") ? 0 : length(answer.headers);
        boolean whole = !chunked && left == 0;
        if (whole) write(answer, false);
        try {
            Replay.head(to, answer.request.method(), answer.status, answer.headers);
            byte[] buffer = new byte[64 * 1024];
            for (long last = System.nanoTime(); !whole; last = System.nanoTime()) {
                int count = body.read(buffer);
                if (count > 0) {
                    byte[] bytes = Arrays.copyOf(buffer, count);
                    answer.pieces.add(new Piece(bytes, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last)));
                    left -= count;
                    whole = !chunked && left == 0;
                    if (whole) write(answer, false);
                    Replay.body(to, chunked, bytes);
                } else {
                    whole = true;
                    write(answer, false);
                    to.chunk("");
                }
            }
        } catch (IOException lost) { // by the server or by the client
            if (!whole) write(answer, true);
            to.cut();
        }
    }

    private static long length(Map<String, List<String>> headers) {
        return Long.parseLong(
                headers.getOrDefault("content-length", List.of("0")).get(0));
    }

    private HttpRequest forUpstream(ReceivedRequest request) {
        String target = request.target();
        if (!target.startsWith("/v1")) throw new IllegalStateException("not below " + baseURL() + ": " + request);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(upstream + target.substring("/v1".length())))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> {
            if (!NOT_HANDED_ON.contains(name)) for (String value : values) builder.header(name, value);
        });
        return builder.build();
    }

    private void write(Answer answer, boolean cut) {
        ReceivedRequest request = answer.request;
        scrubber.learn(request.target(), request.headers());
        scrubber.learn("", answer.headers);
        RecordedExchange exchange = new RecordedExchange(
                request.method(),
                scrubber.target(request.target()),
                scrubber.headers(request.headers()),
                scrubber.body(request.body()),
                answer.status,
                scrubber.headers(answer.headers),
                scrubbed(answer.pieces),
                cut);
        String name = exchange.target().replaceFirst("^/v1", "").replaceFirst("[?#].*", "");
        String file = String.format(
                Locale.ROOT,
                "%03d-%s%s.json",
                answer.number,
                request.method(),
                name.replaceAll("[^A-Za-z0-9_.]+", "-"));
        try {
            exchange.write(folder.resolve(file));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** As one body, so that what is cut in two is found. */
    private List<Piece> scrubbed(List<Piece> pieces) {
        int length = pieces.stream().mapToInt(piece -> piece.bytes().length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (Piece piece : pieces) {
            System.arraycopy(piece.bytes(), 0, whole, at, piece.bytes().length);
            at += piece.bytes().length;
        }
        byte[] clean = scrubber.body(whole);
        List<Piece> all = new ArrayList<>();
        at = 0;
        for (Piece piece : pieces) {
            int end = at + piece.bytes().length;
            all.add(new Piece(Arrays.copyOfRange(clean, at, end), piece.afterMillis()));
            at = end;
        }
        return all;
    }

    /** Closes everything, and throws what went wrong between this and the real server. */
    @Override
    public void close() {
        for (InputStream body : bodies) {
            try {
                body.close();
            } catch (IOException lostAnyway) {
                // Nothing more is read from it.
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        while (!bodies.isEmpty() && System.nanoTime() < end) Thread.onSpinWait();
        server.close();
    }
}
