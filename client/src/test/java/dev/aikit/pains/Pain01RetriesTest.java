package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAttempt;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 1: what passes is tried again, whichever way the call is made. */
class Pain01RetriesTest {
    @ParameterizedTest
    @EnumSource
    void triesAgainAfterALostConnectionAndAfterAnErrorThatPasses(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(4))) {
            server.then(to -> to.reset())
                    .then(to -> to.answer(429, "{\"error\":{\"message\":\"slow down\"}}", "retry-after-ms: 1"))
                    .then(to -> to.answer(503, "busy", "retry-after-ms: 1"))
                    .then(way.answer("Fine", "."));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("Fine.");
            assertThat(seen.result().attempts())
                    .extracting(OpenAIAttempt::status)
                    .containsExactly(0, 429, 503, 200);
            String body = server.takeRequest().text();
            for (int i = 0; i < 3; i++)
                assertThat(server.takeRequest().text()).isEqualTo(body).contains("How are you?");
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesNoMoreAttemptsThanItWasAllowed(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(2))) {
            server.otherwise(to -> to.answer(500, "{\"error\":{\"message\":\"broken\"}}", "retry-after-ms: 0"));

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().status()).isEqualTo(500);
            assertThat(seen.error().message()).isEqualTo("broken");
            assertThat(seen.result().attempts()).hasSize(3);
            assertThat(server.requestsWaiting()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotTryAgainWhatWillNotChange(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(400, "{\"error\":{\"message\":\"no such field\"}}"));

            assertThat(way.chat(client).error().isBadRequestError()).isTrue();
            assertThat(server.requestsWaiting()).isEqualTo(1);
        }
    }
}
