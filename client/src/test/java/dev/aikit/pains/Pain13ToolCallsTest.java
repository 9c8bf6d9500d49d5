package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIToolCall;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 13: calls of tools are put together rightly from servers of every habit; {@code ToolCallPiecesTest} has all shapes. */
class Pain13ToolCallsTest {
    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void idAndNameThatAreRepeatedInEachPieceCountOnce(Way way) throws Exception {
        assertThat(
                        calls(
                                way,
                                "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\"\"}}",
                                "{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"add\",\"arguments\":\":1}\"}}"))
                .containsExactly("c1 add {\"a\":1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void emptyIdsMissingPlacesAndBlankArgumentsAreAccepted(Way way) throws Exception {
        assertThat(calls(
                        way,
                        "{\"id\":\"c1\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}",
                        "{\"id\":\"\",\"function\":{\"name\":null,\"arguments\":\" \"}}",
                        "{\"id\":\"c2\",\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":2}\"}}"))
                .containsExactly("c1 now {}", "c2 add {\"a\":2}");
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "ASYNCHRONOUS"})
    void callsInAnAnswerInOnePieceAreReadInTheSameWay(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200,
                    "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":["
                            + "{\"id\":\"\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}},"
                            + "{\"id\":\"c2\",\"function\":{\"name\":\"now\"}},"
                            + "{\"id\":\"c3\",\"function\":{\"name\":\"add\",\"arguments\":{\"a\":1}}}]}}]}"));

            assertThat(way.chat(client).result().choice().message().toolCalls())
                    .extracting(Pain13ToolCallsTest::inWords)
                    .containsExactly(" now {}", "c2 now {}", "c3 add {\"a\":1}");
        }
    }

    private static List<String> calls(Way way, String... deltas) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            StringBuilder stream = new StringBuilder();
            for (String delta : deltas)
                stream.append(Answers.event(Answers.piece("{\"tool_calls\":[" + delta + "]}", "null")));
            stream.append(Answers.event(Answers.piece("{}", "\"tool_calls\""))).append(Answers.done());
            server.then(to -> to.answer(200, stream.toString()));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().choice().finishReason()).isEqualTo("tool_calls");
            return seen.result().choice().message().toolCalls().stream()
                    .map(Pain13ToolCallsTest::inWords)
                    .toList();
        }
    }

    private static String inWords(OpenAIToolCall call) {
        return call.id() + " " + call.name() + " " + call.arguments();
    }
}
