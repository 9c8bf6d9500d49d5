package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 21: a key goes to the place that it belongs to, and nowhere else. */
class Pain21CredentialsTest {
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectTakesTheCallToAnotherServer(int status) throws Exception {
        for (Way way : Way.values()) {
            try (ScriptedServer server = ScriptedServer.start();
                    ScriptedServer other = ScriptedServer.start();
                    LogRecords log = LogRecords.of("");
                    OpenAI client = Way.client(
                            server,
                            c -> c.organization("org-1").project("proj-1").customHeader("x-api-key", "sk-second"))) {
                server.then(to -> to.answer(status, "", "location: " + other.uri("/v1/chat/completions")));

                Way.Seen seen = way.chat(client);

                assertThat(seen.error().kind()).isEqualTo(Kind.REDIRECT);
                assertThat(other.connections()).isZero();
                assertThat(seen.result()
                                + seen.error().message()
                                + seen.error()
                                + seen.result().request()
                                + client
                                + client.configuration()
                                + seen.result().attempts()
                                + log.messages())
                        .doesNotContain("sk-test")
                        .doesNotContain("sk-second");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectWithinTheServerIsFollowedWithItsBodyAndKey(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(308, "", "location: /other/place")).then(way.answer("Fine."));

            Way.Seen seen = way.chat(client);

            assertThat(seen.text()).isEqualTo("Fine.");
            ReceivedRequest first = server.takeRequest();
            ReceivedRequest second = server.takeRequest();
            assertThat(second.target()).isEqualTo("/other/place");
            assertThat(second.method()).isEqualTo("POST");
            assertThat(second.text()).isEqualTo(first.text());
            assertThat(second.header("authorization")).isEqualTo("Bearer sk-test");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?page=2", "/v1/models?page=2", "models?page=2"})
    void aRedirectMayChangeTheQueryAlone(String location) {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(307, "", "location: " + location))
                    .then(to -> to.answer(200, "{\"data\":[]}", "content-type: application/json"));

            assertThat(client.models().list().success()).isTrue();
            server.takeRequest();
            assertThat(server.takeRequest().target()).isEqualTo("/v1/models?page=2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void redirectsThatGoRoundInACircleEnd(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.otherwise(to -> to.answer(307, "", "location: /again"));

            assertThat(way.chat(client).error().kind()).isEqualTo(Kind.REDIRECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWithAnAddressOfItsOwnSendsOnlyWhatItWasGiven(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.then(way.answer("Fine."));

            way.chat(client);

            assertThat(server.takeRequest().headers())
                    .doesNotContainKeys("authorization", "openai-organization", "openai-project");
        }
    }
}
