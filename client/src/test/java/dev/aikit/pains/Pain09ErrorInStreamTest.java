package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pain 9: an error in the middle of a stream is seen, whatever its form. */
class Pain09ErrorInStreamTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            data: {"error":{"message":"overloaded","type":"server_error","code":503}} ~ overloaded
            data: {"error":"overloaded"} ~ overloaded
            data: {"error":{"msg":"overloaded"},"choices":[]} ~ overloaded
            data: [{"error":{"message":"overloaded"}}] ~ overloaded
            event: error|data: {"message":"overloaded"} ~ overloaded
            event: error|data: {"type":"error","error":{"type":"overloaded_error","message":"overloaded"}} ~ overloaded
            event: error|data: overloaded ~ overloaded
            event: error|data: "overloaded" ~ overloaded
            data: {"error":{"code":7}} ~ {"code":7}
            """)
    void endsTheStreamAsAnErrorWithTheServersWords(String event, String message) throws Exception {
        for (Way way : new Way[] {Way.STREAMING, Way.STREAMING_WAITING}) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server)) {
                server.then(to -> to.answer(
                        200,
                        Answers.unfinished("so far") + event.replace("|", "\n") + "\n\n" + Answers.done(),
                        "x-request-id: r-9"));

                Way.Seen seen = way.chat(client);

                assertThat(seen.error().kind()).isEqualTo(Kind.REPORTED);
                assertThat(seen.error().message()).contains(message);
                assertThat(seen.error().requestID()).isEqualTo("r-9");
                assertThat(seen.text()).isEqualTo("so far");
            }
        }
    }

    @Test
    void keepsTypeAndCode() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200, "data: {\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":429}}\n\n"));

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.error().type()).isEqualTo("t");
            assertThat(seen.error().param()).isEqualTo("p");
            assertThat(seen.error().code()).isEqualTo("429");
        }
    }

    @Test
    void handsOverNoPieceAfterTheError() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200, Answers.unfinished("one") + Answers.event("{\"error\":\"stop\"}") + Answers.stream("two")));

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.pieces()).hasSize(2);
            assertThat(seen.error().message()).isEqualTo("stop");
        }
    }
}
