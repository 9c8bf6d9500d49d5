package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 23: the habits of servers that people run themselves. */
class Pain23HabitsOfServersTest {
    private static final String USAGE =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "text/event-stream;charset=utf-8",
                "text/plain",
                "application/octet-stream",
                ""
            })
    void aStreamIsReadUnderAnyTypeOfContent(String type) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to ->
                    to.answer(200, Answers.stream("one"), type.isEmpty() ? "x-no: type" : "content-type: " + type));

            assertThat(Way.STREAMING.chat(client).text()).isEqualTo("one");
        }
    }

    @Test
    void noSpaceNullContentAndTheUsageInAPieceWithoutChoices() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200,
                    ("data:" + Answers.piece("{\"role\":\"assistant\",\"content\":null}", "null") + "\n\n")
                            + ("data:" + Answers.text("Fine") + "\n\n")
                            + ("data:" + Answers.piece("{}", "\"stop\"") + "\n\n")
                            + ("data:" + USAGE + "\n\ndata:[DONE]\n\n")));

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.text()).isEqualTo("Fine");
            assertThat(seen.result().usage().totalTokens()).isEqualTo(5);
            assertThat(seen.pieces()).hasSize(4);
            assertThat(seen.pieces().get(3).choice().isPresent()).isFalse();
            assertThat(seen.pieces().get(3).choice().text()).isEmpty();
            assertThat(seen.pieces().get(3).usage().promptTokens()).isEqualTo(3);
        }
    }

    /** Some say in this way that they are still there. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void emptyEventsInARowAreNothing(String data) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            String empty = Answers.event(data).repeat(3);
            server.then(to -> to.answer(200, empty + Answers.event(Answers.text("Fi")) + empty + Answers.stream("ne")));

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("Fine");
        }
    }

    @Test
    void lineBreaksInARowAreLineBreaks() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(200, Answers.stream("a", "\n", "\n", "b", "\n")));

            assertThat(Way.STREAMING.chat(client).text()).isEqualTo("a\n\nb\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void aServerThatDoesNotStreamAnswersAllTheSame(Way way) throws Exception {
        for (String type : new String[] {"application/json", "text/plain"}) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server)) {
                server.then(to -> to.answer(200, Answers.whole("All at once."), "content-type: " + type));

                Way.Seen seen = way.chat(client);

                assertThat(seen.result().errors()).isEmpty();
                assertThat(seen.text()).isEqualTo("All at once.");
                if (way == Way.STREAMING)
                    assertThat(seen.pieces())
                            .singleElement()
                            .satisfies(piece ->
                                    assertThat(piece.choice().delta().text()).isEqualTo("All at once."));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNumberAsTheCodeOfAnError(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(400, "{\"error\":{\"code\":400,\"message\":\"no\",\"type\":\"invalid\"}}"));

            assertThat(way.chat(client).error().code()).isEqualTo("400");
        }
    }
}
