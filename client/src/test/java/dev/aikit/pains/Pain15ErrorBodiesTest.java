package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 15: what a server said of its error is kept, in whatever form it said it; {@code OpenAIErrorTest} has all forms. */
class Pain15ErrorBodiesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            502 ~ <html><head><title>502 Bad Gateway</title></head><body>nginx</body></html> ~ 502 Bad Gateway
            400 ~ {"error":"no such model"} ~ no such model
            404 ~ {"error":{"message":"not here","code":404}} ~ not here
            422 ~ {"detail":[{"loc":["body","messages"],"msg":"field required"}]} ~ field required
            401 ~ plain words ~ plain words
            """)
    void everyWayOfCallingKeepsStatusHeadersRequestIdAndBody(int status, String body, String message) throws Exception {
        for (Way way : Way.values()) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
                server.then(to -> to.answer(status, body, "x-request-id: r-15", "x-more: yes"));

                OpenAIError error = way.chat(client).error();

                assertThat(error.kind()).isEqualTo(Kind.HTTP);
                assertThat(error.errCode()).isEqualTo(status);
                assertThat(error.status()).isEqualTo(status);
                assertThat(error.message()).contains(message);
                assertThat(error.requestID()).isEqualTo("r-15");
                assertThat(error.headers().get("x-more")).containsExactly("yes");
                assertThat(error.response().text()).isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorUnderStatus200IsAnError(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200, "{\"error\":{\"message\":\"quota\",\"code\":402}}", "content-type: application/json"));

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.REPORTED);
            assertThat(seen.error().message()).isEqualTo("quota");
            assertThat(seen.error().code()).isEqualTo("402");
            assertThat(seen.error().body().get("error").isObject()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPageUnderStatus200IsAnErrorThatSaysSo(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(200, "<html>Log in</html>", "content-type: text/html"));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().success()).isFalse();
            assertThat(seen.error().response().text()).isEqualTo("<html>Log in</html>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorWhoseBodyIsCutIsKnownByItsStatus(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(
                    to -> to.head(400, "content-length: 100").raw("{\"error\":").close());

            assertThat(way.chat(client).error().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatIsWrappedManyTimesEndsItsCallAndHoldsUpNoOther(Way way) throws Exception {
        String wrapped = "{\"message\":".repeat(45) + "\"deep\"" + "}".repeat(45);
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(to -> to.answer(400, "{\"error\":" + wrapped + "}")).then(way.answer("Hi"));
            OpenAICall<OpenAIModelListResult> refused = client.models().list(p -> p.async());
            server.takeRequest();

            assertThat(way.chat(client).text()).isEqualTo("Hi");
            OpenAIError error = Way.ended(refused).errors().get(0);
            assertThat(error.kind()).isEqualTo(Kind.HTTP);
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.response().text()).contains(wrapped);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofAnErrorWithoutAnEndTheBeginningIsKept(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(to -> to.head(500).writeAll(Long.MAX_VALUE));

            OpenAIError error = way.chat(client).error();

            assertThat(error.kind()).isEqualTo(Kind.HTTP);
            assertThat(error.status()).isEqualTo(500);
            assertThat(error.response().text()).hasSizeBetween(1_000_000, 1_100_000);
            server.awaitPeerClosed(1);
        }
    }

    @Test
    void anErrorWhoseBodyStallsIsKnownByItsStatus() throws Exception {
        Duration limit = Duration.ofSeconds(20);
        ManualClock clock = new ManualClock();
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Clients.withClock(
                        OpenAIConfiguration.defaults()
                                .baseURL(server.uri("/v1").toString())
                                .maxRetries(0)
                                .firstByteTimeout(Duration.ofMinutes(5))
                                .idleTimeout(limit),
                        clock)) {
            server.then(
                    to -> to.head(503, "content-length: 100").raw("{\"error\":").awaitPeerClosed());
            OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.async());
            clock.awaitTaskWithin(limit);
            assertThat(call.isDone()).isFalse();
            clock.advance(limit);

            OpenAIError error = Way.ended(call).errors().get(0);

            assertThat(error.kind()).isEqualTo(Kind.HTTP);
            assertThat(error.status()).isEqualTo(503);
            assertThat(error.response().text()).isEqualTo("{\"error\":");
            server.awaitPeerClosed(1);
        }
    }
}
