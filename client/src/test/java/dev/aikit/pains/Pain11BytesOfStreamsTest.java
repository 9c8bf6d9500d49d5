package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pain 11: the bytes of a stream may be cut and written in any way; {@code EventParserTest} has the grammar itself. */
class Pain11BytesOfStreamsTest {
    private static final String HARD = "ß €\uD83D\uDE00 data: [DONE]\n\ndata: x";

    private static String stream() {
        String written = "{\"content\":\"" + HARD.replace("\n", "\\n") + "\"}";
        return Answers.unfinished("one ") + Answers.event(Answers.piece(written, "null")) + Answers.stream();
    }

    static Stream<String> waysToWriteIt() {
        String stream = stream();
        return Stream.of(
                stream,
                stream.replace("\n", "\r\n"),
                stream.replace("\n", "\r"),
                stream.replaceAll("(?m)^data: ", "data:"),
                "\uFEFF" + stream,
                ": hello\n\n" + stream.replace("\n\n", "\n\n:\n\n: PROCESSING\n\n"),
                stream.replaceAll("(?m)^data: ", "id: 1\nretry: 5\nevent: message\ndata: "),
                stream.replaceAll("(?m)^data: \\{", "data: {\ndata: "),
                stream.stripTrailing());
    }

    @ParameterizedTest
    @MethodSource("waysToWriteIt")
    void theTextIsTheSameHoweverTheServerWritesIt(String stream) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(200, stream, "content-type: text/event-stream"));

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("one " + HARD);
            assertThat(seen.pieces()).hasSize(5);
        }
    }

    @Test
    void theTextIsTheSameWhenEachByteComesAlone() throws Exception {
        byte[] stream = stream().getBytes(StandardCharsets.UTF_8);
        for (Way way : List.of(Way.STREAMING, Way.STREAMING_WAITING)) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server)) {
                server.then(to -> {
                    to.head(200, "content-length: " + stream.length);
                    for (int i = 0; i < stream.length; i++) to.raw(Arrays.copyOfRange(stream, i, i + 1));
                });

                assertThat(way.chat(client).text()).isEqualTo("one " + HARD);
            }
        }
    }

    @Test
    void charactersThatTheServerCutInTwoItselfAreReplacedAndTheRestIsKept() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            byte[] piece = Answers.event(Answers.text("a#b")).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < piece.length; i++) if (piece[i] == '#') piece[i] = (byte) 0xC3;
            server.then(to -> to.head(200, "connection: close")
                    .raw(piece)
                    .raw(Answers.stream("c"))
                    .close());

            assertThat(Way.STREAMING.chat(client).text()).isEqualTo("a\uFFFDbc");
        }
    }
}
