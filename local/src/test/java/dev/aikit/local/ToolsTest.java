package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aikit.json.Json;
import dev.aikit.local.internal.gguf.StoriesModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tools and JSON with a real GGUF file. The model is tiny and tells children's stories: what it puts into the arguments has no
 * meaning, but must follow the schema.
 */
class ToolsTest {
    private static final String BEGINNING = "Once upon a time";
    private static final String TEMPLATE = "{% for t in tools %}{{ t.function.name }}{% endfor %}{# <tool_call> #}"
            + "{% for m in messages %}{{ m.role }}: {{ m.content }}{% if m.tool_calls %}"
            + "{{ m.tool_calls[0].function.name }}{{ m.tool_calls[0].function.arguments }}{% endif %}. {% endfor %}";
    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                    "city", Map.of("enum", List.of("Oslo", "Rome 😀")),
                    "days", Map.of("type", "integer", "minimum", 1, "maximum", 5)),
            "required",
            List.of("city", "days"),
            "additionalProperties",
            false);

    private static LocalServer server;
    private static TestClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(StoriesModel.FILE), "there is no model to try: " + StoriesModel.FILE);
        server = LocalServer.builder()
                .preload(false)
                .gguf(StoriesModel.FILE)
                .gguf(StoriesModel.withChatTemplate(folder.resolve("with-tools.gguf"), TEMPLATE))
                .start();
        client = new TestClient(server.baseURL());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static Map<String, Object> tool(String name, Object parameters) {
        return Map.of("type", "function", "function", Map.of("name", name, "parameters", parameters));
    }

    private static Map<String, Object> seeded(Object... more) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("seed", 7, "temperature", 1.0));
        for (int i = 0; i < more.length; i += 2) fields.put((String) more[i], more[i + 1]);
        return fields;
    }

    private static void assertFollowsSchema(Json value) {
        assertThat(value.fields()).containsOnlyKeys("city", "days");
        assertThat(value.get("city").asText()).isIn("Oslo", "Rome 😀");
        assertThat(value.get("days").asInt(0)).isBetween(1, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stories260K", "with-tools"})
    void callsAToolThatItMustCallWithArgumentsThatFollowItsSchema(String model) {
        int whole = 0;
        for (int seed = 0; seed < 40 && whole < 10; seed++) {
            TestClient.Answer answer = client.chat(
                    model,
                    BEGINNING,
                    seeded("seed", seed, "tools", List.of(tool("weather", SCHEMA)), "tool_choice", "required"));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            Json choice = answer.json().get("choices").get(0);
            if (choice.get("finish_reason").asText().equals("length")) continue;
            whole++;
            assertThat(choice.get("finish_reason").asText()).isEqualTo("tool_calls");
            assertThat(choice.get("message").get("content").isNull()).isTrue();
            Json call = choice.get("message").get("tool_calls").get(0);
            assertThat(call.get("id").asText()).startsWith("call_");
            assertThat(call.get("type").asText()).isEqualTo("function");
            assertThat(call.get("function").get("name").asText()).isEqualTo("weather");
            assertFollowsSchema(Json.parse(call.get("function").get("arguments").asText()));
        }
        assertThat(whole).isEqualTo(10);
    }

    @Test
    void callsTheToolThatIsNamed() {
        List<Object> tools =
                List.of(tool("weather", SCHEMA), tool("now", Map.of("type", "object", "properties", Map.of())));

        Json answer = client.chat(
                        "stories260K",
                        BEGINNING,
                        seeded(
                                "tools",
                                tools,
                                "tool_choice",
                                Map.of("type", "function", "function", Map.of("name", "now"))))
                .json();

        Json function = answer.get("choices")
                .get(0)
                .get("message")
                .get("tool_calls")
                .get(0)
                .get("function");
        assertThat(function.get("name").asText()).isEqualTo("now");
        assertThat(function.get("arguments").asText()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stories260K", "with-tools"})
    void streamsACall(String model) {
        TestClient.Answer answer = client.chat(
                model,
                BEGINNING,
                seeded("tools", List.of(tool("weather", SCHEMA)), "tool_choice", "required", "stream", true));

        List<Json> calls = answer.chunks().stream()
                .map(chunk -> chunk.get("choices").get(0).get("delta").get("tool_calls"))
                .filter(Json::isPresent)
                .toList();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).get(0).get("index").asInt(-1)).isZero();
        assertThat(calls.get(0).get(0).get("id").asText()).startsWith("call_");
        assertFollowsSchema(
                Json.parse(calls.get(0).get(0).get("function").get("arguments").asText()));
        assertThat(answer.streamedText()).isEmpty();
        List<Json> chunks = answer.chunks();
        assertThat(chunks.get(chunks.size() - 1)
                        .get("choices")
                        .get(0)
                        .get("finish_reason")
                        .asText())
                .isEqualTo("tool_calls");
    }

    @Test
    void tellsAModelOfItsToolsIfItsTemplateDoes() {
        Map<String, Object> tools = Map.of(
                "temperature",
                0,
                "max_tokens",
                5,
                "tools",
                List.of(tool("weather_of_the_whole_week", Map.of("type", "object"))));
        Map<String, Object> none = Map.of("temperature", 0, "max_tokens", 5);

        TestClient.Answer with = client.chat("with-tools", "Hi", tools);

        assertThat(with.status()).as(with.body()).isEqualTo(200);
        assertThat(with.json().get("usage").get("prompt_tokens").asInt(0))
                .isGreaterThan(5
                        + client.chat("with-tools", "Hi", none)
                                .json()
                                .get("usage")
                                .get("prompt_tokens")
                                .asInt(0));
    }

    /** A schema that the native library does not understand would end the whole program if it were asked for a grammar. */
    @Test
    void describesToolsWhoseSchemasItCouldNotEnforce() {
        Object odd = Map.of("type", "object", "properties", Map.of("x", Map.of("type", "strin", "pattern", "(")));

        TestClient.Answer free = client.chat(
                "with-tools", "Hi", Map.of("temperature", 0, "max_tokens", 2, "tools", List.of(tool("n", odd))));

        assertThat(free.status()).as(free.body()).isEqualTo(200);
    }

    @Test
    void readsTheAnswersOfTools() {
        Json call = Json.parse(
                "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}");
        List<Map<String, Object>> messages = List.of(
                TestClient.user("Hi"),
                Map.of("role", "assistant", "tool_calls", List.of(call)),
                Map.of("role", "tool", "tool_call_id", "call_1", "content", "noon"));

        for (String model : List.of("stories260K", "with-tools")) {
            TestClient.Answer answer = client.post(
                    "/chat/completions",
                    Map.of("model", model, "messages", messages, "temperature", 0, "max_tokens", 5));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void saysWhenAModelKnowsNoTools() {
        TestClient.Answer free =
                client.chat("stories260K", BEGINNING, Map.of("tools", List.of(tool("weather", SCHEMA))));
        TestClient.Answer none = client.chat(
                "stories260K",
                BEGINNING,
                Map.of("tools", List.of(tool("weather", SCHEMA)), "tool_choice", "none", "max_tokens", 3));

        assertThat(free.status()).isEqualTo(400);
        assertThat(free.json().get("error").get("param").asText()).isEqualTo("tools");
        assertThat(free.json().get("error").get("message").asText()).contains("stories260K knows no tools");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.text()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesJsonThatFollowsASchema(boolean stream) {
        Object format =
                Map.of("type", "json_schema", "json_schema", Map.of("name", "trip", "strict", true, "schema", SCHEMA));

        TestClient.Answer answer =
                client.chat("stories260K", BEGINNING, seeded("response_format", format, "stream", stream));

        assertFollowsSchema(Json.parse(stream ? answer.streamedText() : answer.text()));
    }

    @Test
    void writesAJsonObjectIfNoSchemaIsGiven() {
        TestClient.Answer answer = client.chat(
                "stories260K",
                BEGINNING,
                Map.of("temperature", 0, "max_tokens", 60, "response_format", Map.of("type", "json_object")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("{");
        boolean whole = answer.json()
                .get("choices")
                .get(0)
                .get("finish_reason")
                .asText()
                .equals("stop");
        if (whole) assertThat(Json.parse(answer.text()).isObject()).isTrue();
    }

    @Test
    void saysThatACallWasCutOffAtTheLimit() {
        Json choice = client.chat(
                        "stories260K",
                        BEGINNING,
                        seeded("tools", List.of(tool("weather", SCHEMA)), "tool_choice", "required", "max_tokens", 4))
                .json()
                .get("choices")
                .get(0);

        assertThat(choice.get("finish_reason").asText()).isEqualTo("length");
        assertThat(choice.get("message").get("content").asText()).startsWith("{");
        assertThat(choice.get("message").get("tool_calls").isPresent()).isFalse();
    }

    /** Whatever the native library is asked for here would end the whole program, or be ignored. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'strin'} | schema.type",
                "{'type':'string','pattern':'a+'} | schema.pattern",
                "{'type':'number','minimum':1} | schema.minimum",
                "{'type':'array','items':{'type':'string'},'uniqueItems':true} | schema.uniqueItems",
                "{'type':'object','properties':{'a':{'$ref':'#/$defs/none'}}} | schema.a.$ref",
                "{'$defs':{'a':{'$ref':'#/$defs/b'},'b':{'$ref':'#/$defs/a'}},'$ref':'#/$defs/a'} | schema.$ref",
                "{'type':'object','properties':{'a':{'$ref':'https://example.com/s'}}} | schema.a.$ref",
                "{'type':'object','properties':{'a':{'not':{}}}} | schema.a.type",
                "{'type':'object','properties':{},'required':['a']} | schema.required",
                "{'type':'integer','minimum':1.5} | schema.minimum",
                "{'type':'integer','minimum':5,'maximum':1} | schema.maximum",
                "{'type':'string','maxLength':1000000} | schema.maxLength",
                "{'anyOf':[],'title':'x'} | schema.anyOf",
                "{'anyOf':[{'type':'string'}],'properties':{}} | schema",
                "{'enum':[]} | schema.enum",
                "{'enum':['a \\\\ b']} | schema.enum",
                "{'const':'line\\nbreak'} | schema.const",
                "{'type':'object','properties':{'a\\tb':{'type':'null'}}} | schema.a\tb",
                "{'properties':7,'minProperties':1} | schema.minProperties"
            })
    void refusesASchemaThatItCannotKeep(String schema, String place) {
        Object format = Map.of(
                "type",
                "json_schema",
                "json_schema",
                Map.of("name", "s", "schema", Json.parse(schema.replace('\'', '"'))));

        TestClient.Answer answer = client.chat("stories260K", BEGINNING, Map.of("response_format", format));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("error").get("param").asText()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'string','maxLength':3,'minLength':1}",
                "{'type':['string','null'],'maxLength':3}",
                "{'const':{'a':[1,null]}}",
                "{'enum':['x',1,null,true]}",
                "{'$defs':{'n':{'type':'object','properties':{'next':{'anyOf':[{'type':'null'},{'$ref':'#/$defs/n'}]}},"
                        + "'required':['next']}},'$ref':'#/$defs/n'}",
                "{'type':'array','items':{'type':'boolean'},'minItems':2,'maxItems':3}",
                "{'type':'array','maxItems':0}",
                "{'type':'object','properties':{'d':{'type':'string','format':'date'}},'required':['d']}",
                "{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':10}",
                "{'allOf':[{'type':'boolean'}],'description':'x'}",
                "{'definitions':{'a':{'$ref':'#/definitions/b'},'b':{'enum':[1,2]}},'type':'object',"
                        + "'properties':{'x':{'$ref':'#/definitions/a'},'y':{'$ref':'#/definitions/b'}},'required':['x','y']}",
                "{'type':'object','properties':{'up':{'anyOf':[{'type':'null'},{'$ref':'#'}]}},'required':['up']}",
                "{'type':'object','properties':{'a b é':{'type':'boolean'},'a-b é':{'type':'null'},'':{'type':'boolean'}},'required':['a b é','a-b é','']}"
            })
    void keepsSchemasOfManyKinds(String text) {
        Json schema = Json.parse(text.replace('\'', '"'));
        Object format = Map.of("type", "json_schema", "json_schema", Map.of("name", "s", "schema", schema));
        int whole = 0;
        for (int seed = 0; seed < 40 && whole < 3; seed++) {
            TestClient.Answer answer =
                    client.chat("stories260K", BEGINNING, seeded("seed", seed, "response_format", format));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            if (!answer.json()
                    .get("choices")
                    .get(0)
                    .get("finish_reason")
                    .asText()
                    .equals("stop")) continue;
            whole++;
            assertThat(Schemas.errors(schema, answer.text())).as(answer.text()).isEmpty();
        }
        assertThat(whole).isPositive();
    }
}
