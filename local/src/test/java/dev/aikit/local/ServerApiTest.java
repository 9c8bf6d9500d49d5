package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.local.internal.Limits;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers apart from the models themselves. */
class ServerApiTest {
    private static LocalServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        Limits small = new Limits(10_000, 10_000, 64, Duration.ofSeconds(60), Duration.ofSeconds(2));
        server = LocalServer.builder().preload(false).limits(small).start();
        client = new TestClient(server.baseURL());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void listsItsModelsAndSaysThatTheGuideIsExtractive() {
        TestClient.Answer answer = client.get("/models");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("object").asText()).isEqualTo("list");
        assertThat(answer.json().get("data").items())
                .extracting(model -> model.get("id").asText())
                .containsExactly("aikit-guide", "all-minilm-l6-v2");
        Json guide = answer.json().get("data").get(0);
        assertThat(guide.get("object").asText()).isEqualTo("model");
        assertThat(guide.get("owned_by").asText()).isEqualTo("aikit");
        assertThat(guide.get("created").asLong(0)).isPositive();
        assertThat(guide.get("description").asText()).startsWith("Extractive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aikit-guide", "guide", "local:guide", "local:aikit-guide", "local%3Aguide"})
    void findsAModelByAnyOfItsNames(String name) {
        TestClient.Answer answer = client.get("/models/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("id").asText()).isEqualTo("aikit-guide");
    }

    @Test
    void saysWhichModelsThereAreWhenOneIsUnknown() {
        TestClient.Answer answer = client.get("/models/gpt-4o");

        assertThat(answer.status()).isEqualTo(404);
        Json error = answer.json().get("error");
        assertThat(error.get("message").asText()).contains("'gpt-4o'").contains("aikit-guide, all-minilm-l6-v2");
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").asText()).isEqualTo("model_not_found");
        assertThat(error.get("param").asText()).isEqualTo("model");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /models/gpt-4o, 404",
        "GET, /nothing, 404",
        "GET, /embeddings, 405",
        "DELETE, /models/aikit-guide, 405",
        "OPTIONS, /chat/completions, 405",
        "POST, /responses, 501",
        "POST, /images/generations, 501",
        "POST, /audio/speech, 501",
        "POST, /moderations, 501",
        "GET, /batches, 501",
        "GET, /files/file-1, 404",
        "PUT, /files, 405",
        "GET, /chat/completions/chatcmpl-1, 404",
    })
    void refusesWhatItDoesNotHaveInOpenAIsForm(String method, String path, int status) {
        TestClient.Answer answer = client.send(method, path, "");

        assertThat(answer.status()).isEqualTo(status);
        Json error = answer.json().get("error");
        assertThat(error.get("message").asText()).isNotBlank();
        assertThat(error.get("type").asText()).endsWith("_error");
        assertThat(error.fields()).containsOnlyKeys("message", "type", "param", "code");
    }

    @Test
    void tellsTheRightMethod() {
        assertThat(client.get("/embeddings").header("allow")).isEqualTo("POST");
        assertThat(client.send("POST", "/models", "{}").header("allow")).isEqualTo("GET");
    }

    @Test
    void givesEachAnswerAnIdAndItsTime() {
        TestClient.Answer right = client.get("/models");
        TestClient.Answer wrong = client.get("/nothing");

        for (TestClient.Answer answer : new TestClient.Answer[] {right, wrong}) {
            assertThat(answer.header("x-request-id")).startsWith("req_").hasSize(36);
            assertThat(Long.parseLong(answer.header("openai-processing-ms"))).isNotNegative();
            assertThat(answer.header("content-type")).isEqualTo("application/json");
        }
        assertThat(right.header("x-request-id")).isNotEqualTo(wrong.header("x-request-id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"model\":", "[1,2]", "\"text\"", "{\"a\":1}{\"b\":2}", "\u0000"})
    void refusesABodyThatIsNotAJsonObject(String body) {
        TestClient.Answer answer = client.send("POST", "/chat/completions", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("message").asText()).contains("JSON");
    }

    @RepeatedTest(20)
    void refusesABodyThatIsTooLong() {
        String body = "{\"x\":\"" + "a".repeat(20_000) + "\"}";

        TestClient.Answer answer = client.send("POST", "/chat/completions", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("error").get("message").asText()).contains("10000 bytes");
        assertThat(answer.header("x-request-id")).startsWith("req_");
    }

    @Test
    void answersOnlyUnderALoopbackName() throws Exception {
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answersRequestsOfOneConnectionInOrder() throws Exception {
        String get = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

        String answers = raw(get.formatted("/v1/models/aikit-guide")
                + get.formatted("/v1/nothing")
                + get.formatted("/v1/models/all-minilm-l6-v2").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(answers)
                .containsSubsequence(
                        "HTTP/1.1 200 OK",
                        "aikit-guide",
                        "HTTP/1.1 404",
                        "/v1/nothing",
                        "HTTP/1.1 200 OK",
                        "all-minilm-l6-v2");
    }

    @Test
    void refusesWhatIsNotHttp() throws Exception {
        assertThat(raw("\u0016\u0003\u0001 nonsense\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("not an HTTP request");
    }

    @Test
    void isOverWhenItIsClosed() {
        LocalServer other = LocalServer.builder().preload(false).start();
        assertThat(new TestClient(other.baseURL()).get("/models").status()).isEqualTo(200);

        other.close();
        other.close();

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), other.port()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void saysThatAPortIsTaken() {
        assertThatThrownBy(() ->
                        LocalServer.builder().port(server.port()).preload(false).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + server.port())
                .hasMessageContaining("0 for any");
    }

    @Test
    void refusesSettingsThatCannotBe(@TempDir Path folder) throws Exception {
        Path noModel = Files.writeString(folder.resolve("text.gguf"), "not a model");

        assertThatThrownBy(() -> LocalServer.builder().port(65536))
                .hasMessageContaining("port")
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> LocalServer.builder().gguf(folder)).hasMessageContaining("gguf");
        assertThatThrownBy(() -> LocalServer.builder().gguf(folder.resolve("none")))
                .hasMessageContaining("none");
        assertThatThrownBy(() -> LocalServer.builder().documents(noModel)).hasMessageContaining("documents");
        assertThatThrownBy(() -> LocalServer.builder().gguf(noModel).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a GGUF file");
    }

    @Test
    void namesTheModelsThatCanDoWhatIsAsked() {
        Map<String, Object> chat =
                Map.of("model", "all-minilm-l6-v2", "messages", java.util.List.of(TestClient.user("Hi")));
        Map<String, Object> embeddings = Map.of("model", "aikit-guide", "input", "Hi");

        assertThat(client.post("/chat/completions", chat)
                        .json()
                        .get("error")
                        .get("message")
                        .asText())
                .contains("cannot chat")
                .contains("aikit-guide");
        assertThat(client.post("/embeddings", embeddings)
                        .json()
                        .get("error")
                        .get("message")
                        .asText())
                .contains("cannot make embeddings")
                .contains("all-minilm-l6-v2");
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
