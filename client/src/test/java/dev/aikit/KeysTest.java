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
