package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 2: a stream is tried again until its first piece has been handed over, and never after that. */
class Pain02StreamRetriesTest {
    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void triesAgainAStreamThatWasRefusedOrLostBeforeItsFirstPiece(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(2))) {
            server.then(to -> to.answer(429, "", "retry-after-ms: 1"))
                    .then(to -> to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                            .chunk(": only a comment so far\n\n")
                            .reset())
                    .then(way.answer("one", "two"));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("onetwo");
            assertThat(seen.result().attempts()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void doesNotTryAgainAStreamThatHasBegun(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(5))) {
            server.then(to -> to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                    .chunk(Answers.unfinished("one"))
                    .close());

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(seen.text()).isEqualTo("one");
            assertThat(seen.result().attempts()).hasSize(1);
            if (way == Way.STREAMING)
                assertThat(seen.pieces())
                        .extracting(piece -> piece.choice().text())
                        .isEqualTo(List.of("", "one"));
        }
    }
}
