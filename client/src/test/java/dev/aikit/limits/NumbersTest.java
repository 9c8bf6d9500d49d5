package dev.aikit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAILimits;
import dev.aikit.chat.OpenAITool;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many choices and tool calls an answer may have, in one piece and streamed. */
class NumbersTest {
    private static final int MILLION = 1_000_000;

    private static String list(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(",", "[", "]"));
    }

    private static Way.Seen chat(Way way, UnaryOperator<OpenAILimits> limits, String stream, String whole)
            throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(limits))) {
            server.then(
                    way.streams()
                            ? to -> to.answer(200, stream, "content-type: text/event-stream")
                            : to -> to.answer(200, whole, "content-type: application/json"));
            return way.chat(client);
        }
    }

    private static Way.Seen choices(Way way, UnaryOperator<OpenAILimits> limits, int count) throws Exception {
        String first = Answers.event(Answers.piece("{\"content\":\"so far\"}", "null"));
        String many = "{\"choices\":" + list(count, i -> "{}") + "}";
        String whole = "{\"choices\":" + list(count, i -> "{}") + "}";
        return chat(way, limits, first + Answers.event(many) + Answers.done(), whole);
    }

    private static Way.Seen toolCalls(Way way, UnaryOperator<OpenAILimits> limits, int count) throws Exception {
        String calls = list(count, i -> "{\"id\":\"" + Integer.toString(i, 36) + "\"}");
        String end = "{\"tool_calls\":" + calls + "}";
        String whole = "{\"choices\":[{\"message\":" + end + ",\"finish_reason\":\"tool_calls\"}]}";
        return chat(way, limits, Answers.event(Answers.piece(end, "\"tool_calls\"")) + Answers.done(), whole);
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "STREAMING"})
    void aMillionChoicesAreTooMany(Way way) throws Exception {
        Way.Seen seen = choices(way, l -> l, MILLION);
        assertThat(seen.error().kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(seen.error().message()).isEqualTo("an answer with more choices than the limit of 1000 (maxChoices)");
        if (way.streams()) assertThat(seen.text()).isEqualTo("so far");
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "STREAMING"})
    void aMillionToolCallsAreTooMany(Way way) throws Exception {
        Way.Seen seen = toolCalls(way, l -> l, MILLION);
        assertThat(seen.error().kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(seen.error().message())
                .isEqualTo("an answer with more tool calls than the limit of 1000 (maxToolCalls)");
    }

    @ParameterizedTest
    @EnumSource
    void asManyAsAllowedAreNotTooMany(Way way) throws Exception {
        UnaryOperator<OpenAILimits> three = l -> l.maxChoices(3).maxToolCalls(3);
        assertThat(choices(way, three, 3).result().choices()).hasSize(3);
        assertThat(toolCalls(way, three, 3).result().choice().message().toolCalls())
                .hasSize(3);
        assertThat(choices(way, three, 4).error().message()).contains("limit of 3 (maxChoices)");
        assertThat(toolCalls(way, three, 4).error().message()).contains("limit of 3 (maxToolCalls)");
    }

    @Test
    void theLimitHoldsAlsoForAServerThatDoesNotStream() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(l -> l.maxChoices(3)))) {
            String whole = "{\"choices\":" + list(4, i -> "{\"message\":{\"content\":\"a\"}}") + "}";
            server.then(to -> to.answer(200, whole, "content-type: application/json"));
            assertThat(Way.STREAMING.chat(client).error().kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void theChatHelperRunsNoneOfTooManyTools() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(l -> l.maxToolCalls(3)))) {
            String calls = list(4, i -> "{\"id\":\"c" + i + "\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
            String whole = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"tool_calls\":" + calls + "}}]}";
            server.then(to -> to.answer(200, whole, "content-type: application/json"));
            var helper = client.chat().create("You help.");
            helper.registerTool(OpenAITool.of(
                    "f", "Does something.", Map.of("type", "object"), arguments -> runs.incrementAndGet()));
            assertThat(helper.prompt("Go.").errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.kind()).isEqualTo(Kind.TOO_LARGE));
            assertThat(runs).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void anyIndexIsAPlaceAndNoSize(Way way) throws Exception {
        String stream = Answers.event(
                        "{\"choices\":[{\"index\":2147483647,\"delta\":{\"content\":\"last\",\"tool_calls\":"
                                + "[{\"index\":2147483647,\"id\":\"a\",\"function\":{\"name\":\"f\"}}]}}]}")
                + Answers.event("{\"choices\":[{\"index\":-2147483648,\"delta\":{\"content\":\"first\"}}]}")
                + Answers.event("{\"choices\":[{\"index\":99999999999999999999,\"delta\":{\"content\":\"none\"}}]}")
                + Answers.done();
        Way.Seen seen = chat(way, l -> l, stream, "");
        assertThat(seen.result().errors()).isEmpty();
        assertThat(seen.result().choices().stream().map(choice -> choice.text()))
                .containsExactly("first", "none", "last");
    }
}
