package dev.aikit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server said is written down without what is secret, and is said again in the same pieces. */
class RecorderTest {
    private static final String KEY = "my-very-own-key-1234567890";
    private static final String JSON = "content-type: application/json";

    @TempDir
    Path folder;

    private final ScriptedServer real = ScriptedServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        real.close();
    }

    private static HttpRequest.Builder request(String baseURL, String path) {
        return HttpRequest.newBuilder(URI.create(baseURL + path)).header("authorization", "Bearer " + KEY);
    }

    private HttpResponse<String> post(String baseURL, String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(baseURL, path).header("content-type", "application/json");
        if (headers.length > 0) request.headers(headers);
        return http.send(request.POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList())
                all.append(file.getFileName()).append('\n').append(Files.readString(file));
        }
        return all.toString();
    }

    @Test
    void nothingSecretIsInTheFiles() throws Exception {
        List<String> secrets = List.of(
                KEY,
                "org-of-mine",
                "proj-of-mine",
                "azure-key-77",
                "cookie-value-1",
                "query-key-1",
                "server-cookie",
                "in-the-body-1",
                "sk-found-by-its-look",
                "told-to-hide",
                "pass/word+1",
                "pass%2Fword%2B1");
        real.then(to -> to.answer(
                200,
                "{\"echo\":\"Bearer " + KEY + " of org-of-mine\",\"api_key\":\"in-the-body-1\",\"safe\":\"stays\","
                        + "\"text\":\"sk-found-by-its-look told-to-hide cookie-value-1 server-cookie pass%2Fword%2B1\"}",
                JSON,
                "openai-organization: org-of-mine",
                "openai-project: proj-of-mine",
                "set-cookie: session=server-cookie; path=/",
                "x-request-id: req-1",
                "x-ratelimit-remaining-tokens: 99",
                "x-echo: " + KEY));
        try (Recorder recorder =
                Recorder.start(real.baseURL(), folder).secret("told-to-hide").secret("pass/word+1")) {
            HttpResponse<String> response = post(
                    recorder.baseURL(),
                    "/things?api-key=query-key-1&api-version=2024&q=told-to-hide",
                    "{\"password\":\"in-the-body-1\",\"question\":\"Who has " + KEY + "?\",\"path\":\"pass/word+1\"}",
                    "OpenAI-Organization",
                    "org-of-mine",
                    "OpenAI-Project",
                    "proj-of-mine",
                    "api-key",
                    "azure-key-77",
                    "cookie",
                    "a=cookie-value-1; b=2");
            assertThat(response.body()).as("the client gets all").contains(KEY, "server-cookie", "stays");
        }

        ReceivedRequest handedOn = real.takeRequest();
        assertThat(handedOn.header("authorization")).isEqualTo("Bearer " + KEY);
        assertThat(handedOn.target()).contains("query-key-1");
        assertThat(files())
                .contains("001-POST-things.json", "stays", "req-1", "\"99\"", "api-version=2024", "Who has ***");
        for (String secret : secrets) assertThat(files()).doesNotContain(secret);
    }

    @Test
    void aKeyThatIsCutInTwoByTheNetworkIsFound() throws Exception {
        int half = KEY.length() / 2;
        real.then(to -> to.events()
                .chunk("data: " + KEY.substring(0, half))
                .chunk(KEY.substring(half) + "\n\n")
                .chunk(""));
        try (Recorder recorder = Recorder.start(real.baseURL(), folder)) {
            post(recorder.baseURL(), "/things", "{}");
        }
        assertThat(files()).doesNotContain(KEY.substring(0, half)).doesNotContain(KEY.substring(half));
    }

    @Test
    void aStreamIsSaidAgainInItsPieces() throws Exception {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        real.then(to -> to.events("x-a: b")
                .chunk("data: a")
                .chunk("b\n\nda")
                .chunk(new byte[] {'t', euro[0]})
                .chunk(new byte[] {euro[1], euro[2], '\n'})
                .chunk(""));
        try (Recorder recorder = Recorder.start(real.baseURL(), folder)) {
            assertThat(post(recorder.baseURL(), "/chat/completions", "{\"stream\":true}")
                            .body())
                    .isEqualTo("data: ab\n\ndat€\n");
        }
        try (Replay replay = Replay.start(folder).withPauses()) {
            HttpResponse<InputStream> response = http.send(
                    request(replay.baseURL(), "/chat/completions")
                            .header("content-type", "application/json")
                            .POST(BodyPublishers.ofString("{ \"stream\" : true }"))
                            .build(),
                    BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("x-a")).contains("b");
            List<String> pieces = new ArrayList<>();
            byte[] buffer = new byte[1000];
            for (int n = response.body().read(buffer);
                    n >= 0;
                    n = response.body().read(buffer)) pieces.add(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            assertThat(pieces).containsExactly("data: ab\n\nda".substring(0, 7), "b\n\nda", "tâ", "\u0082¬\n");
            assertThat(replay.left()).isEmpty();
        }
    }

    @Test
    void answersAreGivenByWhatWasAskedAndEachOnce() throws Exception {
        real.then(to -> to.answer(200, "one", JSON))
                .then(to -> to.answer(429, "two", JSON))
                .then(to -> to.answer(200, "three", JSON))
                .then(to -> to.head(204));
        try (Recorder recorder = Recorder.start(real.baseURL() + "/", folder)) {
            post(recorder.baseURL(), "/chat", "{\"n\":1}");
            post(recorder.baseURL(), "/chat", "{\"n\":2}");
            post(recorder.baseURL(), "/chat", "{\"n\":2}");
            post(recorder.baseURL(), "/gone", "{}");
        }
        Replay replay = Replay.start(folder);
        assertThat(post(replay.baseURL(), "/chat", "{\"n\":2}").statusCode()).isEqualTo(429);
        assertThat(post(replay.baseURL(), "/chat", "{\"n\":2}").body()).isEqualTo("three");
        assertThat(post(replay.baseURL(), "/gone", "{}").statusCode()).isEqualTo(204);
        assertThat(replay.left()).containsExactly("POST /v1/chat");
        assertThatThrownBy(() -> post(replay.baseURL(), "/chat", "{\"n\":2,\"k\":\"" + KEY + "\"}"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(replay::close)
                .hasStackTraceContaining("not recorded, or not so often: POST /v1/chat with")
                .satisfies(failure -> assertThat(failure.getCause()).message().doesNotContain(KEY));
    }

    @Test
    void anAnswerThatWasCutIsCutAgain() throws Exception {
        real.then(to -> to.head(200, "content-length: 100").raw("half").cut());
        try (Recorder recorder = Recorder.start(real.baseURL(), folder)) {
            assertThatThrownBy(() -> post(recorder.baseURL(), "/x", "{}")).isInstanceOf(IOException.class);
        }
        try (Replay replay = Replay.start(folder)) {
            assertThatThrownBy(() -> post(replay.baseURL(), "/x", "{}")).isInstanceOf(IOException.class);
        }
        assertThat(files()).contains("half");
    }

    @Test
    void whatIsUnderWayWhenTheRecorderClosesIsKeptAsCut() throws Exception {
        real.then(to -> to.events().chunk("data: half").awaitPeerClosed());
        Recorder recorder = Recorder.start(real.baseURL(), folder);
        try (InputStream body = http.send(request(recorder.baseURL(), "/x").build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(10)).asString().isEqualTo("data: half");
            recorder.close();
        }
        assertThat(files()).contains("001-GET-x.json", "data: half", "\"cut\" : true");
    }

    @Test
    void aServerThatIsNotThereIsReported() throws Exception {
        real.refuse();
        Recorder recorder = Recorder.start(real.baseURL(), folder);
        assertThat(post(recorder.baseURL(), "/x", "{}").statusCode()).isEqualTo(502);
        assertThatThrownBy(recorder::close).hasStackTraceContaining("no answer from " + real.baseURL());
        assertThat(files()).isEmpty();
    }

    @Test
    void foldersThatCannotBeUsedAreRefused() throws Exception {
        assertThatThrownBy(() -> Replay.start(folder)).hasMessageContaining("no recordings");
        Files.writeString(folder.resolve("x.json"), "{\"request\":{}}");
        assertThatThrownBy(() -> Replay.start(folder)).hasMessageContaining("x.json is no recording");
        assertThatThrownBy(() -> Recorder.start(real.baseURL(), folder)).hasMessageContaining("must be empty");
        assertThatThrownBy(() -> Recorder.start("localhost:80", folder)).hasMessageContaining("http://");
    }
}
