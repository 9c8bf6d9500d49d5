package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.aikit.cli.Run.Outcome;
import dev.aikit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code aikit doctor}: with the local models, and with a fake server that deviates wherever it can. */
class DoctorTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Outcome examine(String... options) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        List<String> arguments = new java.util.ArrayList<>(List.of("doctor", "--base-url", url));
        arguments.addAll(List.of(options));
        return new Run().aikit(arguments.toArray(String[]::new));
    }

    /** Answers {@code path} and what is below it. */
    private void route(String path, Answering answering) {
        server.createContext("/v1" + path, exchange -> {
            Json body = Json.lazily(exchange.getRequestBody().readAllBytes());
            Answer answer = answering.to(exchange, body);
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", answer.type);
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private interface Answering {
        Answer to(HttpExchange exchange, Json body);
    }

    private record Answer(int status, String type, String body) {
        static Answer json(String body) {
            return new Answer(200, "application/json", body);
        }
    }

    @Test
    void theLocalServerIsAsItShouldBe() {
        Outcome outcome = new Run().aikit("doctor");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("model: aikit-guide")
                .containsPattern("ok +models +\\d+ listed")
                .containsPattern("ok +chat +\\d+ tokens")
                .containsPattern("ok +streaming +\\d+ chunks")
                .containsPattern("ok +usage of a stream +\\d+ tokens")
                .containsPattern("ok +embeddings +384 numbers")
                .containsPattern("ok +base64 embeddings +384 numbers")
                .containsPattern("no +moderations +501: ")
                .containsPattern("ok +errors +404 for a model");
    }

    @Test
    void deviationsAreNamed() {
        route("/models", (exchange, body) -> Answer.json("{\"data\":[{\"id\":\"some-embedder\"},{\"id\":\"odd\"}]}"));
        route("/chat/completions", DoctorTest::oddly);
        route("/embeddings", (exchange, body) -> Answer.json("{\"data\":[{\"embedding\":[0.5,1]}]}"));
        Outcome outcome = examine();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .contains(
                        "model: odd",
                        "odd    models              2 listed; but no \"object\": \"list\"",
                        "odd    chat                an answer, ends with stop; but no \"id\","
                                + " no \"object\": \"chat.completion\", the message has no \"role\", no \"usage\"",
                        "odd    streaming           2 chunks; but sent as text/plain",
                        "no     usage of a stream   include_usage was not heeded",
                        "odd    tools               add{\"a\":17}; but the call has no \"id\","
                                + " the arguments do not follow the schema",
                        "no     structured output   the answer does not follow the form",
                        "no     JSON output         400: what is that?",
                        "ok     embeddings          2 numbers",
                        "no     base64 embeddings   2 numbers, sent as plain numbers",
                        "odd    errors              a model that does not exist is answered all the same");
        assertThat(outcome.out()).containsPattern("no +files +404").containsPattern("no +moderations +404");
    }

    private static Answer oddly(HttpExchange exchange, Json body) {
        if (exchange.getRequestMethod().equals("GET")) return new Answer(405, "text/plain", "");
        if (body.get("response_format").get("type").asText().equals("json_object"))
            return new Answer(400, "application/json", "{\"detail\":\"what is that?\"}");
        if (body.get("stream").asBoolean(false))
            return new Answer(
                    200,
                    "text/plain",
                    "data:{\"choices\":[{\"delta\":{\"content\":\"1 2\"}}]}\n\n"
                            + "data:{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata:[DONE]\n\n");
        if (body.get("tools").isPresent())
            return Answer.json(
                    "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{\"tool_calls\":[{\"id\":\"\","
                            + "\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":17}\"}}]}}]}");
        return Answer.json("{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"1 2 3\"}}]}");
    }

    @Test
    void aServerWithoutChatIsAFailure() {
        route("/models", (exchange, body) -> Answer.json("{\"object\":\"list\",\"data\":[]}"));
        Outcome outcome = examine("--model", "any");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("no +chat +404");
    }

    @Test
    void aMistypedModelIsSaidOnce() {
        Outcome outcome = new Run().aikit("doctor", "--model", "nope");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .containsOnlyOnce("the model nope is not there")
                .containsPattern("failed +model +the model nope")
                .containsPattern("open +chat ")
                .containsPattern("open +streaming ")
                .containsPattern("open +tools ")
                .containsPattern("ok +embeddings ");
    }

    @Test
    void aWebPageIsNoServerAndIsExitCode1() {
        route("/", (exchange, body) -> new Answer(200, "text/html", "<html>Welcome</html>"));
        Outcome outcome = examine();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("most base URLs end in /v1");
    }

    @Test
    void withoutAModelNothingIsAsked() {
        route("/models", (exchange, body) -> Answer.json("{\"object\":\"list\",\"data\":[]}"));
        Outcome outcome = examine();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("name one with --model");
    }

    @Test
    void aRefusedKeyEndsTheExamination() {
        route("/models", (exchange, body) -> new Answer(401, "application/json", "{\"error\":\"no key\"}"));
        Outcome outcome = examine();

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.err()).contains("no key");
    }

    @Test
    void asJsonTheFindingsAreOneObject() {
        Json json = Json.parse(new Run().aikit("doctor", "--json").out());

        assertThat(json.get("model").asText()).isEqualTo("aikit-guide");
        assertThat(json.get("findings").map(each -> each.get("about").asText())).contains("chat", "tools", "errors");
        assertThat(json.get("findings").map(each -> each.get("verdict").asText()))
                .isSubsetOf("ok", "odd", "no", "failed", "open");
    }
}
