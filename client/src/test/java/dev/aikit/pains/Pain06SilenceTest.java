package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 6: silence of a server ends a call, before its answer, within it, and altogether. */
class Pain06SilenceTest {
    @ParameterizedTest
    @EnumSource
    void aServerThatNeverAnswersEndsTheCallAtItsFirstByteTimeout(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0).firstByteTimeout(Duration.ofMillis(150)))) {
            server.then(ServerExchange::awaitPeerClosed);

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);
            assertThat(seen.error().isTimeout()).isTrue();
            assertThat(seen.error().message()).contains("150 ms").contains("firstByteTimeout");
            server.awaitPeerClosed(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatStallsAfterItsHeadersEndsTheCallAsWell(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0).firstByteTimeout(Duration.ofMillis(150)))) {
            server.then(to -> to.head(200, "content-type: text/plain", "content-length: 1000")
                    .awaitPeerClosed());

            assertThat(way.chat(client).error().kind()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);
            server.awaitPeerClosed(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatStallsInItsMiddleEndsTheCallAtItsIdleTimeout(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0).idleTimeout(Duration.ofMillis(150)))) {
            String some = way.streams() ? Answers.unfinished("so far") : "{\"choices\":";
            server.then(
                    to -> to.head(200, "transfer-encoding: chunked").chunk(some).awaitPeerClosed());

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
            assertThat(seen.error().status()).isEqualTo(200);
            assertThat(seen.text()).isEqualTo(way.streams() ? "so far" : "");
            if (!way.streams()) assertThat(seen.error().response().text()).isEqualTo(some);
            server.awaitPeerClosed(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatNeverEndsButNeverFallsSilentEndsTheCallAtItsTimeout(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.timeout(Duration.ofMillis(300)))) {
            server.then(to -> {
                to.head(200, "transfer-encoding: chunked");
                while (!server.isPeerClosed(1)) to.chunk(way.streams() ? ": still here\n\n" : " ");
            });

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(seen.result().attempts()).hasSize(1);
        }
    }
}
