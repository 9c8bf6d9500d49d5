package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 7: a stream ends at its mark; the connection is kept where it can be. */
class Pain07StreamEndsAtDoneTest {
    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void endsAtTheMarkThoughTheServerLeavesTheConnectionOpen(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.head(200, "content-type: text/event-stream")
                    .raw(Answers.stream("one", "two"))
                    .awaitPeerClosed());

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().success()).isTrue();
            assertThat(seen.text()).isEqualTo("onetwo");
            server.awaitPeerClosed(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void passesOverWhatFollowsTheMark(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            String afterwards = Answers.event(Answers.text("no more")) + Answers.event("{\"error\":\"late\"}");
            server.then(to -> to.answer(200, Answers.stream("one") + afterwards));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().success()).isTrue();
            assertThat(seen.text()).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void usesTheConnectionAgainAfterAStreamThatEndedWhole(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.otherwise(Pain07StreamEndsAtDoneTest::chunkedStream);

            for (int i = 0; i < 5; i++) assertThat(way.chat(client).text()).isEqualTo("one");

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** In one write, so that the end of the body is there when the next call is made. */
    private static void chunkedStream(ServerExchange to) throws Exception {
        String stream = Answers.stream("one");
        to.raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + Integer.toHexString(stream.length()) + "\r\n"
                + stream + "\r\n0\r\n\r\n");
    }
}
