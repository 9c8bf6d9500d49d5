package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Keys reach no message, no exception and no log, however a call ends. */
class KeysTest {
    private static final Map<String, Script> SCRIPTS = Map.of(
            "success", to -> to.answer(200, "{\"data\":[]}"),
            "refused", to -> to.answer(401, "{\"error\":{\"message\":\"wrong key\"}}"),
            "reset", to -> to.reset(),
            "malformed", to -> to.raw("no HTTP at all\r\n\r\n").close(),
            "not JSON", to -> to.answer(200, "<html>"),
            "cut", to -> to.head(200, "content-length: 9").raw("{").close(),
            "silence", to -> to.awaitPeerClosed());

    @Test
    void areShownNowhereHoweverACallEnds() throws Exception {
        try (LogRecords log = LogRecords.of("")) {
            for (Map.Entry<String, Script> script : SCRIPTS.entrySet()) {
                List<String> uncaught = new CopyOnWriteArrayList<>();
                try (ScriptedServer server = ScriptedServer.start();
                        OpenAI client = Way.client(
                                server,
                                c -> c.apiKey("sk-secret")
                                        .maxRetries(0)
                                        .idleTimeout(Duration.ofSeconds(5))
                                        .firstByteTimeout(Duration.ofMillis(200))
                                        .customHeader("api-key", "sk-secret")
                                        .uncaughtExceptionHandler(
                                                (call, thrown) -> uncaught.add(trace(thrown) + call)))) {
                    server.then(script.getValue()).then(script.getValue());
                    OpenAICall<?> call = client.models()
                            .list(p -> p.extraHeader("x-token", "sk-secret").onTerminate(r -> {
                                throw new IllegalStateException("in a callback");
                            }));
                    OpenAIResult result = Way.ended(call);
                    Throwable thrown = catchThrowable(() -> client.models().list(p -> p.throwing(true)));
                    StringBuilder shown = new StringBuilder()
                            .append(client)
                            .append(call)
                            .append(result)
                            .append(result.request())
                            .append(result.response())
                            .append(result.attempts())
                            .append(uncaught)
                            .append(thrown == null ? "" : trace(thrown));
                    for (OpenAIError error : result.errors())
                        shown.append(error).append(error.cause() == null ? "" : trace(error.cause()));

                    assertThat(uncaught).as(script.getKey()).hasSize(1);
                    assertThat(shown.toString()).as(script.getKey()).doesNotContain("sk-secret");
                }
            }
            assertThat(log.messages()).noneMatch(message -> message.contains("sk-secret"));
        }
    }

    @Test
    void areShownNowhereWhenThereIsNoConnection() throws Exception {
        ScriptedServer server = ScriptedServer.start();
        try (LogRecords log = LogRecords.of("");
                OpenAI client = Way.client(server, c -> c.apiKey("sk-secret").maxRetries(1))) {
            server.refuse();
            Throwable thrown = catchThrowable(() -> client.models().list(p -> p.throwing(true)));
            assertThat(trace(thrown)).contains("127.0.0.1:" + server.port()).doesNotContain("sk-secret");
            assertThat(log.messages()).noneMatch(message -> message.contains("sk-secret"));
        } finally {
            server.close();
        }
    }

    private static final String KEY = "sk-Abc\\/def-123456";
    private static final String IN_JSON = "sk-Abc\\\\/def-123456";
    private static final String ESCAPED = "sk\\u002dAbc\\\\\\/def-12345\\u0036";
    private static final String JSON = "content-type: application/json";
    private static final String EVENTS = "content-type: text/event-stream";

    /** What a server may do with a key, under whatever status. */
    private static Map<String, Script> repeating() {
        String error =
                "{\"error\":{\"message\":\"bad KEY\",\"code\":\"KEY\",\"type\":\"KEY\",\"param\":[\"KEY\"],\"KEY\":1}}";
        String said = error.replace("KEY", IN_JSON);
        String event = error.replace("\"message\":\"bad KEY\",", "").replace("KEY", IN_JSON);
        return Map.of(
                "status", to -> to.answer(401, said, JSON),
                "success", to -> to.answer(200, said, JSON, "x-echo: " + KEY),
                "escapes", to -> to.answer(200, error.replace("KEY", ESCAPED), JSON),
                "no JSON", to -> to.answer(200, "<html>" + KEY + "</html>", "content-type: text/html"),
                "bad JSON", to -> to.answer(200, "{\"a\":" + KEY + "}", JSON),
                "event", to -> to.answer(200, "event: error\ndata: " + said + "\n\n", EVENTS),
                "event without words", to -> to.answer(200, "event: error\ndata: " + event + "\n\n", EVENTS),
                "event of text", to -> to.answer(200, "data: " + "x".repeat(190) + KEY + "\n\n", EVENTS),
                "cut in a long text",
                        to -> to.answer(200, "{\"error\":{\"a\":\"" + "x".repeat(485) + IN_JSON + "\"}}", JSON),
                "redirect", to -> to.answer(302, "", "location: http://sk-abc.def-123456.example.com/"));
    }

    @Test
    void areShownNowhereWhateverAServerDoesWithThem() throws Exception {
        for (Map.Entry<String, Script> script : repeating().entrySet()) {
            boolean host = script.getKey().equals("redirect");
            String key = host ? "sk-Abc.def-123456" : KEY;
            try (LogRecords log = LogRecords.of("");
                    ScriptedServer server = ScriptedServer.start();
                    OpenAI client = OpenAI.create(c -> c.provider(
                            OpenAIProvider.of("gateway", server.uri("/v1").toString())
                                    .keyHeaders("X-Whatever")
                                    .apiKey(key)))) {
                server.otherwise(script.getValue());
                for (Way way : Way.values()) {
                    OpenAIResult result = way.chat(client).result();
                    assertThat(server.takeRequest().header("x-whatever")).isEqualTo(key);
                    OpenAIError error = result.errors().get(0);
                    String shown = String.join(
                            "\n",
                            "" + error,
                            error.message(),
                            error.code(),
                            error.type(),
                            error.param(),
                            "" + error.details().toJava(),
                            "" + error.headers(),
                            error.response().text(),
                            "" + error.body().toJava(),
                            "" + result,
                            "" + result.json().toJava(),
                            result.response().text(),
                            "" + result.response().json().toJava(),
                            "" + result.response().headers(),
                            "" + result.attempts(),
                            trace(catchThrowable(result::orThrow)),
                            "" + log.messages());

                    assertThat(shown.toLowerCase(Locale.ROOT))
                            .as(script.getKey() + " " + way)
                            .doesNotContain(host ? "sk-abc.def" : "sk-abc")
                            .contains(script.getKey().startsWith("event of") ? "xxx" : "[key]");
                }
            }
        }
    }

    @Test
    void aSuccessIsLeftAsItCame() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.apiKey("sk-secret"))) {
            for (Way way : Way.values()) {
                server.then(way.answer("It is ", "sk-secret."));
                assertThat(way.chat(client).text()).isEqualTo("It is sk-secret.");
            }
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void areShownNowhereWhenTheServerRepeatsThem() throws Exception {
        String said = "{\"error\":{\"message\":\"Incorrect API key provided: sk-secret.\",\"param\":\"sk-secret\"}}";
        try (LogRecords log = LogRecords.of("");
                ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.apiKey("sk-secret").maxRetries(0))) {
            server.otherwise(
                    to -> to.answer(401, said, "content-type: application/json", "x-request-id: of sk-secret"));
            for (Way way : Way.values()) {
                OpenAIResult result = way.chat(client).result();
                OpenAIError error = result.errors().get(0);

                assertThat(error.message()).contains("Incorrect API key provided");
                assertThat(List.of(
                                error.message(),
                                error.body().toString(),
                                error.response().text(),
                                error.response().json().toString(),
                                error.toString(),
                                result.json().toString(),
                                result.response().text(),
                                result.toString(),
                                trace(catchThrowable(result::orThrow))))
                        .noneMatch(shown -> shown.contains("sk-secret"));
            }
            assertThat(log.messages()).noneMatch(message -> message.contains("sk-secret"));
        }
    }
}
