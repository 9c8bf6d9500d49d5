package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ChatScripts.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tools run by themselves, and the model hears of whatever becomes of them. */
class HelperToolsTest extends KeyedServerTest {
    private static final Map<String, ?> ANYTHING = Map.of("type", "object");

    private final List<String> ran = new CopyOnWriteArrayList<>();

    private Talk talk(Way way) {
        Talk talk = Talk.of(way, client);
        talk.helper()
                .registerTool(OpenAITool.of("add", "Adds.", ANYTHING, a -> {
                    ran.add("add " + a);
                    return a.get("a").asInt(0) + a.get("b").asInt(0);
                }))
                .registerTool(OpenAITool.of("now", "The time.", ANYTHING, a -> {
                    ran.add("now " + a);
                    return Map.of("hour", 12);
                }));
        return talk;
    }

    /** What the tools answered in the request that comes next. */
    private List<String> answers() {
        return Way.messages(server.takeRequest()).stream()
                .filter(message -> message.role().equals("tool"))
                .map(message -> message.toolCallId() + ": " + message.text())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void severalRoundsRunUntilTheModelHasItsAnswer(Way way) throws Exception {
        server.then(ChatScripts.asks(List.of(new Call("c1", "add", "{\"a\":1,\"b\":2}"), new Call("c2", "now", " "))))
                .then(ChatScripts.asks("c3", "add", "{\"a\":3,\"b\":3}"))
                .then(ChatScripts.says("Six ", "at noon."));
        Talk talk = talk(way);

        OpenAIChatCompletionsResult result = talk.prompt("1+2+3?");

        assertThat(result.success()).as("%s", result).isTrue();
        assertThat(result.choice().text()).isEqualTo("Six at noon.");
        assertThat(ran).containsExactlyInAnyOrder("add {\"a\":1,\"b\":2}", "now {}", "add {\"a\":3,\"b\":3}");
        assertThat(answers()).isEmpty();
        assertThat(answers()).containsExactly("c1: 3", "c2: {\"hour\":12}");
        assertThat(answers()).containsExactly("c1: 3", "c2: {\"hour\":12}", "c3: 6");
        assertThat(talk.helper().messages())
                .extracting(OpenAIMessage::role)
                .containsExactly("user", "assistant", "tool", "tool", "assistant", "tool", "assistant");
        assertThat(result.attempts()).extracting(OpenAIAttempt::status).containsExactly(200, 200, 200);
        if (way.streams()) assertThat(result.usage().totalTokens()).isEqualTo(7);
        if (way == Way.STREAMING) assertThat(talk.pieces()).containsExactly("Six ", "at noon.");
    }

    @Test
    void piecesOfAllRoundsComeInOrder() throws Exception {
        server.then(to -> to.answer(
                        200,
                        Answers.unfinished("Let me ", "see. ")
                                + Answers.event(Answers.piece(
                                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}",
                                        "\"tool_calls\""))
                                + Answers.done()))
                .then(ChatScripts.says("It is ", "noon."));
        Talk talk = talk(Way.STREAMING);

        assertThat(talk.prompt("?").choice().text()).isEqualTo("It is noon.");

        assertThat(talk.pieces()).containsExactly("Let me ", "see. ", "It is ", "noon.");
        assertThat(talk.helper().messages().get(1).text()).isEqualTo("Let me see. ");
    }

    @ParameterizedTest
    @EnumSource
    void eachRoundIsTriedAgainForItself(Way way) throws Exception {
        server.then(to -> to.answer(503, "{}", "retry-after-ms: 1"))
                .then(ChatScripts.asks("c1", "now", "{}"))
                .then(to -> to.answer(503, "{}", "retry-after-ms: 1"))
                .then(ChatScripts.asks("c2", "now", "{}"))
                .then(to -> to.answer(429, "{}", "retry-after-ms: 1"))
                .then(ChatScripts.says("Noon."));
        OpenAI once = Way.client(server, c -> c.maxRetries(1));
        Talk talk = Talk.of(way, once);
        talk.helper().registerTool(OpenAITool.of("now", "The time.", ANYTHING, a -> {
            ran.add("now");
            return "noon";
        }));

        OpenAIChatCompletionsResult result = talk.prompt("?");

        assertThat(result.choice().text()).isEqualTo("Noon.");
        assertThat(ran).as("a tool runs once for each time it is asked for").hasSize(2);
        assertThat(result.attempts()).extracting(OpenAIAttempt::status).containsExactly(503, 200, 503, 200, 429, 200);
        once.close();
    }

    @ParameterizedTest
    @EnumSource
    void aRoundThatFailsForGoodEndsThePrompt(Way way) throws Exception {
        server.then(ChatScripts.says("Hello.")).then(ChatScripts.asks("c1", "now", "{}"));
        server.then(to -> to.answer(400, "{\"error\":{\"message\":\"too long\"}}"));
        Talk talk = talk(way);
        talk.prompt("Hi");
        List<OpenAIMessage> before = talk.helper().messages();

        OpenAIChatCompletionsResult result = talk.prompt("?");

        assertThat(result.errors()).singleElement().hasToString("400 Scripted: too long");
        assertThat(talk.helper().messages()).isEqualTo(before).hasSize(2);
        assertThat(talk.helper().lastErrors()).isEqualTo(result.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown | {}      | there is no tool named unknown",
                "add     | {\"a\": | JSON",
                "add     | [1]     | no JSON object",
                "add     | 7       | no JSON object",
                "throws  | {}      | the disk is full",
                "throws2 | {}      | StackOverflowError",
                "no-json | {}      | JSON"
            })
    void theModelHearsWhatWentWrong(String tool, String arguments, String expected) throws Exception {
        server.then(ChatScripts.asks("c1", tool, arguments)).then(ChatScripts.says("Sorry."));
        Talk talk = talk(Way.ASYNCHRONOUS);
        talk.helper()
                .registerTools(List.of(
                        OpenAITool.of("throws", "Throws.", ANYTHING, a -> {
                            throw new java.io.IOException("the disk is full");
                        }),
                        OpenAITool.of("throws2", "Throws.", ANYTHING, a -> {
                            throw new StackOverflowError();
                        }),
                        OpenAITool.of("no-json", "Answers with what JSON has not.", ANYTHING, a -> Double.NaN)));

        try (LogRecords log = LogRecords.of("dev.aikit")) {
            assertThat(talk.prompt("?").choice().text()).isEqualTo("Sorry.");
            if (tool.startsWith("throws"))
                assertThat(log.messages()).singleElement().asString().contains("WARNING", tool, expected);
        }

        server.takeRequest();
        String told = answers().get(0);
        assertThat(Json.parse(told.substring("c1: ".length())).get("error").asText())
                .contains(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatAsksForToolsWithoutEndIsStopped(Way way) throws Exception {
        server.otherwise(ChatScripts.asks("c1", "now", "{}"));
        Talk talk = talk(way);
        talk.helper().maxToolRounds(3);

        OpenAIChatCompletionsResult result = talk.prompt("?");

        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(Kind.TOOL_ROUNDS);
            assertThat(error.message()).contains("3", "maxToolRounds");
        });
        assertThat(ran).hasSize(3);
        assertThat(server.requestsWaiting()).isEqualTo(4);
        assertThat(talk.helper().messages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "STREAMING"})
    void aServerThatLeavesOutRolesAndIdsGetsThemBackInOrder(Way way) throws Exception {
        server.then(
                        to -> to.answer(
                                200,
                                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"\",\"function\":{\"name\":\"now\"}}]}}]}"))
                .then(to -> to.answer(200, "{\"choices\":[{\"message\":{\"content\":\"Noon.\"}}]}"));
        Talk talk = talk(way);

        assertThat(talk.prompt("?").choice().text()).isEqualTo("Noon.");

        assertThat(answers()).isEmpty();
        assertThat(Way.messages(server.takeRequest()))
                .extracting(OpenAIMessage::role)
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(talk.helper().messages().get(3).role()).isEqualTo("assistant");
    }

    @Test
    void whatIsRegisteredIsWhatTheModelIsTold() throws Exception {
        server.otherwise(ChatScripts.says("ok"));
        Talk talk = talk(Way.WAITING);
        talk.helper()
                .registerTool(OpenAITool.of("now", "Another.", ANYTHING, a -> 1).strict(true));
        talk.prompt("?");
        talk.helper().unregisterTool("add");
        talk.prompt("?");
        talk.helper().unregisterTools();
        talk.prompt("?");

        assertThat(toolsSent())
                .isEqualTo(
                        Json.parse(
                                "[{\"type\":\"function\",\"function\":{\"name\":\"add\",\"description\":\"Adds.\","
                                        + "\"parameters\":{\"type\":\"object\"}}},{\"type\":\"function\",\"function\":{\"name\":\"now\","
                                        + "\"description\":\"Another.\",\"parameters\":{\"type\":\"object\"},\"strict\":true}}]"));
        assertThat(toolsSent().size()).isEqualTo(1);
        assertThat(toolsSent().isPresent()).isFalse();
    }

    private Json toolsSent() {
        return Json.parse(server.takeRequest().text()).get("tools");
    }

    @Test
    void aToolThatCannotBeIsRefused() {
        assertThatThrownBy(() -> OpenAITool.of("a b", "x", ANYTHING, a -> 1)).hasMessageContaining("name:");
        assertThatThrownBy(() -> OpenAITool.of("a", " ", ANYTHING, a -> 1)).hasMessageContaining("description:");
        assertThatThrownBy(() -> OpenAITool.of("a", "x", Json.of(List.of()), a -> 1))
                .hasMessageContaining("parameters:");
        assertThatThrownBy(() -> OpenAITool.of("a", "x", ANYTHING, null)).hasMessageContaining("handler");
        assertThatThrownBy(() -> client.chat().create("x").maxToolRounds(0)).hasMessageContaining("maxToolRounds:");
    }
}
