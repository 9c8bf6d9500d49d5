package dev.aikit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Description;
import dev.aikit.json.Json;
import dev.aikit.json.JsonType;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A type is asked for by its schema, over a real socket. */
class StructuredOutputTest {
    @Description("How to cook something.")
    record Recipe(String name, List<Step> steps, @Nullable Step last) {}

    record Step(@Description("What to do.") String text, int minutes) {}

    private static final List<OpenAIMessage> QUESTION = List.of(OpenAIMessage.user("How do I cook?"));

    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Asks, and waits; as a whole or in pieces. In all ways the client's own tests do. */
    private OpenAIChatCompletionsResult ask(boolean stream, Class<?> type, boolean strict) {
        return client.chat()
                .completions()
                .create(QUESTION, p -> p.stream(stream).responseFormat(type, strict));
    }

    private static Script answer(boolean stream, String... pieces) {
        return stream
                ? to -> to.answer(200, Answers.stream(pieces), "content-type: text/event-stream")
                : to -> to.answer(200, Answers.whole(String.join("", pieces)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSchemaIsSentInStrictModeAndTheAnswerIsRead(boolean stream) throws Exception {
        server.then(answer(
                stream, "{\"name\":\"Pancakes\",", "\"steps\":[{\"text\":\"Mix.\",\"minutes\":5}],\"last\":null}"));

        OpenAIChatCompletionsResult result = ask(stream, Recipe.class, true);

        assertThat(result.as(Recipe.class)).isEqualTo(new Recipe("Pancakes", List.of(new Step("Mix.", 5)), null));
        String request = server.takeRequest().text();
        Json format = Json.parse(request).get("response_format");
        assertThat(format.get("type").asText()).isEqualTo("json_schema");
        assertThat(format.get("json_schema").get("name").asText()).isEqualTo("Recipe");
        assertThat(format.get("json_schema").get("strict").asBoolean(false)).isTrue();
        assertThat(format.get("json_schema").get("schema"))
                .isEqualTo(JsonType.of(Recipe.class).schema(true));
        assertThat(OpenAIsSchemas.violations("CreateChatCompletionRequest", request))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatDoesNotFitIsAFailure(boolean stream) throws Exception {
        server.then(answer(stream, "{\"name\":\"Pancakes\",", "\"steps\":[]}x"));
        OpenAIChatCompletionsResult result = ask(stream, Recipe.class, true);
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.MISFIT);
        assertThat(result.choice().text()).endsWith("}x");
    }

    @Test
    void aTypeWithMapsGoesWithoutStrictMode() throws Exception {
        record Prices(Map<String, Double> euros) {}
        assertThatThrownBy(() -> OpenAIChatCompletionsParameters.create().responseFormat(Prices.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Prices.euros: strict mode has no maps");
        server.then(answer(false, "{\"euros\":{\"milk\":1.5}}"));

        OpenAIChatCompletionsResult result = ask(false, Prices.class, false);

        assertThat(result.as(Prices.class)).isEqualTo(new Prices(Map.of("milk", 1.5)));
        assertThat(Json.parse(server.takeRequest().text())
                        .get("response_format")
                        .get("json_schema")
                        .get("strict"))
                .hasToString("false");
    }

    @Test
    void aNameThatTheServerWouldRefuseIsChanged() {
        record Größe(int zentimeter) {}
        assertThat(OpenAIChatCompletionsParameters.create().responseFormat(Größe.class))
                .hasToString("OpenAIChatCompletionsParameters[response_format]");
        server.then(answer(false, "{\"zentimeter\":3}"));
        client.chat().completions().create(QUESTION, p -> p.responseFormat(Größe.class));
        assertThat(server.takeRequest().text()).contains("\"name\":\"Gr__e\"");
    }
}
