package dev.aikit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatHelper;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.chat.OpenAITool;
import dev.aikit.chat.Tool;
import dev.aikit.json.Description;
import dev.aikit.json.Json;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools from records and methods: what the model is told of them, and what becomes of what it sends. */
class ToolsTest {
    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    record Place(@Description("Its name.") String city, Optional<Unit> unit) {}

    record Weather(String text, int degrees, LocalDate day) {}

    /** Tools of each kind; the names of their parameters are given, because the tests are compiled without them. */
    static class Base {
        @Tool(value = "Is inherited.")
        String inherited() {
            return "from above";
        }
    }

    static final class Tools extends Base {
        String noted = "";

        @Tool(
                value = "The weather.",
                parameters = {"city", "unit", "days"})
        private Weather weather(@Description("Its name.") String city, @Nullable Unit unit, List<Integer> days) {
            return new Weather(city + " " + unit + " " + days, 20, LocalDate.of(2026, 11, 22));
        }

        @Tool(value = "Notes it.", name = "note-it", parameters = "text")
        void note(String text) {
            noted += text;
        }

        @Tool(value = "Fails.")
        static int fails() throws java.io.IOException {
            throw new java.io.IOException("the disk is full");
        }

        @Tool(
                value = "Adds.",
                parameters = {"a", "b"})
        public long add(long a, Optional<Long> b) {
            return a + b.orElse(0L);
        }

        @Tool(value = "Prices.", parameters = "prices")
        double most(Map<String, Double> prices) {
            return prices.values().stream().mapToDouble(d -> d).max().orElse(0);
        }

        String noTool(String secret) {
            return secret;
        }
    }

    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()));
    private final Tools tools = new Tools();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** What the model hears if it asks the tool with those arguments. */
    private String answer(OpenAIChatHelper<OpenAIChatCompletionsResult> helper, String tool, String arguments) {
        server.then(ChatScripts.asks("c1", tool, arguments)).then(ChatScripts.says("Fine."));
        OpenAIChatCompletionsResult result = helper.prompt("?");
        assertThat(result.errors()).isEmpty();
        server.takeRequest();
        List<OpenAIMessage> messages =
                Json.parse(server.takeRequest().text()).get("messages").map(OpenAIMessage::new);
        return messages.get(messages.size() - 1).text();
    }

    private OpenAIChatHelper<OpenAIChatCompletionsResult> helper() {
        return client.chat().create("Be short.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weather   | {\"city\":\"Rome\",\"unit\":\"CELSIUS\",\"days\":[1,2]} | {\"text\":\"Rome CELSIUS [1, 2]\",\"degrees\":20,\"day\":\"2026-11-22\"}",
                "weather   | {\"city\":\"Rome\",\"unit\":null,\"days\":[]} | {\"text\":\"Rome null []\",\"degrees\":20,\"day\":\"2026-11-22\"}",
                "weather   | {\"city\":\"Rome\",\"days\":[]} | {\"text\":\"Rome null []\",\"degrees\":20,\"day\":\"2026-11-22\"}",
                "note-it   | {\"text\":\"x\"} | done",
                "inherited | {} | from above",
                "add       | {\"a\":1,\"b\":2} | 3",
                "add       | {\"a\":\"1\"} | 1",
                "most      | {\"prices\":{\"milk\":1.5}} | 1.5",
                "fails     | {} | {\"error\":\"the disk is full\"}"
            })
    void methodsAreCalledWithWhatTheModelSends(String tool, String arguments, String answer) {
        assertThat(answer(helper().registerTools(tools), tool, arguments)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weather | {\"days\":[]} | city: String expected, but it is missing",
                "weather | {\"city\":null,\"days\":[]} | city: String expected, but it is missing",
                "weather | {\"city\":\"Rome\",\"unit\":\"KELVIN\",\"days\":[]} | unit: one of [CELSIUS, FAHRENHEIT] expected, not \"KELVIN\"",
                "weather | {\"city\":\"Rome\",\"days\":[1,\"soon\"]} | days[1]: Integer expected, not \"soon\"",
                "weather | {\"city\":\"Rome\",\"days\":7} | days: List expected, not 7",
                "add     | {\"b\":1} | a: long expected, but it is missing",
                "add     | {\"a\":1.5} | a: long expected, not 1.5",
                "add     | [1] | no JSON object",
                "add     | {\"a\": | not JSON",
                "noTool  | {} | no tool named noTool"
            })
    void badArgumentsAreAnsweredAndNamed(String tool, String arguments, String expected) {
        String answer = answer(helper().registerTools(tools), tool, arguments);
        assertThat(Json.parse(answer).get("error").asText()).contains(expected);
        assertThat(tools.noted).isEmpty();
    }

    @Test
    void theRequestDescribesThemAsOpenAIsSchemaWants() throws Exception {
        server.then(ChatScripts.says("Fine."));
        helper().registerTools(tools).prompt("?");
        ReceivedRequest request = server.takeRequest();

        assertThat(OpenAIsSchemas.violations("CreateChatCompletionRequest", request.text()))
                .isEmpty();
        List<Json> sent = Json.parse(request.text()).get("tools").items();
        assertThat(sent)
                .extracting(tool -> tool.get("function").get("name").asText())
                .containsExactly("add", "fails", "inherited", "most", "note-it", "weather");
        Json weather = sent.get(5).get("function");
        assertThat(weather.get("description").asText()).isEqualTo("The weather.");
        assertThat(weather.get("strict").asBoolean(false)).isTrue();
        assertThat(weather.get("parameters"))
                .isEqualTo(Json.parse("{\"type\":\"object\",\"properties\":{"
                        + "\"city\":{\"type\":\"string\",\"description\":\"Its name.\"},"
                        + "\"unit\":{\"anyOf\":[{\"type\":\"string\",\"enum\":[\"CELSIUS\",\"FAHRENHEIT\"]},{\"type\":\"null\"}]},"
                        + "\"days\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},"
                        + "\"required\":[\"city\",\"unit\",\"days\"],\"additionalProperties\":false}"));
        assertThat(sent.get(3).get("function").get("strict").asBoolean(false))
                .as("a map is not strict")
                .isFalse();
    }

    @Test
    void aHandlerGetsARecord() {
        OpenAITool tool = OpenAITool.of("weather", "The weather.", Place.class, place -> place.city() + place.unit());
        assertThat(tool.strict()).isTrue();
        assertThat(answer(helper().registerTool(tool), "weather", "{\"city\":\"Rome\",\"unit\":\"CELSIUS\"}"))
                .isEqualTo("RomeOptional[CELSIUS]");
        assertThat(answer(helper().registerTool(tool), "weather", "{\"unit\":\"CELSIUS\"}"))
                .contains("city: String expected, but it is missing");
    }

    @Test
    void argumentsAreAnObject() {
        assertThatThrownBy(() -> OpenAITool.of("say", "Says it.", String.class, text -> text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arguments: a record or a class expected, not String");
    }

    @Test
    void onlyOneMethodBecomesATool() {
        OpenAITool tool = OpenAITool.ofMethod(tools, "note");
        assertThat(tool.name()).isEqualTo("note-it");
        assertThat(answer(helper().registerTool(tool), "note-it", "{\"text\":\"hello\"}"))
                .isEqualTo("done");
        assertThat(tools.noted).isEqualTo("hello");
        assertThat(OpenAITool.ofMethod(Tools.class, "fails").name()).isEqualTo("fails");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noTool", "missing", "overloaded", "unnamed", "miscounted", "twins", "keyed"})
    void whatCannotBeAToolSaysWhy(String method) {
        class Bad {
            String noTool() {
                return "";
            }

            @Tool("Twice.")
            void overloaded() {}

            @Tool(value = "Twice.", parameters = "a")
            void overloaded(int a) {}

            @Tool("Without names.")
            void unnamed(int a) {}

            @Tool(value = "Too few.", parameters = "a")
            void miscounted(int a, int b) {}

            @Tool(
                    value = "The same name.",
                    parameters = {"a", "a"})
            void twins(String a, String b) {}

            @Tool(value = "Keys that are no texts.", parameters = "a")
            void keyed(Map<Integer, String> a) {}
        }
        Map<String, String> why = Map.of(
                "noTool", "noTool has no description: add @Tool(\"what it does\")",
                "missing", "one method named missing expected in",
                "overloaded", "one method named overloaded expected in",
                "unnamed",
                        "compile it with javac -parameters, or name them, @Tool(value = \"…\", parameters = {\"…\"})",
                "miscounted", "has 2 parameters, but its @Tool names [a]",
                "twins", "twins: its @Tool gives two parameters the same name: [a, a]",
                "keyed", "a: the keys of a map are texts, or constants of an enum, not java.lang.Integer");
        assertThatThrownBy(() -> OpenAITool.ofMethod(new Bad(), method))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why.get(method));
    }

    abstract static class General<X> {
        @Tool(value = "General.", parameters = "x")
        public String go(X x) {
            return "general " + x;
        }
    }

    static class Particular extends General<Integer> {
        @Override
        @Tool(value = "Particular.", parameters = "x")
        public String go(Integer x) {
            return "particular " + x;
        }
    }

    /** Public, so that the compiler makes a bridge to what it inherits from a class that is not. */
    public static class Visible extends General<String> {}

    @Test
    void aGenericMethodThatIsOverriddenIsOneTool() throws Exception {
        for (Object owner : List.of(new Particular(), new Particular() {})) {
            assertThat(OpenAITool.ofMethods(owner))
                    .extracting(OpenAITool::description)
                    .containsExactly("Particular.");
            OpenAITool tool = OpenAITool.ofMethod(owner, "go");
            assertThat(tool.handler().call(Json.parse("{\"x\":5}"))).isEqualTo("particular 5");
        }
        assertThat(OpenAITool.ofMethods(new Visible()))
                .extracting(OpenAITool::description)
                .containsExactly("General.");
    }

    @Test
    void anObjectWithoutToolsOrWithTwoOfANameIsRefused() {
        class Twice {
            @Tool(value = "One.", name = "x")
            void one() {}

            @Tool(value = "Two.", name = "x")
            void two() {}
        }
        assertThatThrownBy(() -> helper().registerTools(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object has no method with @Tool");
        assertThatThrownBy(() -> helper().registerTools((Object) List.of("x")))
                .hasMessageContaining("a collection or a map of OpenAITool expected");
        assertThatThrownBy(() -> helper().registerTools(new Twice())).hasMessageContaining("two tools named x");
    }
}
