package dev.aikit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.json.Description;
import dev.aikit.json.Json;
import dev.aikit.json.JsonType;
import dev.aikit.testing.Way;
import dev.aikit.testing.Way.Seen;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A type is asked for by its schema, over a real socket. */
class StructuredOutputTest {
    @Description("How to cook something.")
    record Recipe(String name, List<Step> steps, @Nullable Step last) {}

    record Step(@Description("What to do.") String text, int minutes) {}

    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = Way.client(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaIsSentInStrictModeAndTheAnswerIsRead(Way way) throws Exception {
        server.then(
                way.answer("{\"name\":\"Pancakes\",", "\"steps\":[{\"text\":\"Mix.\",\"minutes\":5}],\"last\":null}"));

        Seen seen = way.chat(client, Way.QUESTION, p -> p.responseFormat(Recipe.class));

        assertThat(seen.result().as(Recipe.class))
                .isEqualTo(new Recipe("Pancakes", List.of(new Step("Mix.", 5)), null));
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
    @EnumSource
    void anAnswerThatDoesNotFitIsAFailure(Way way) throws Exception {
        server.then(way.answer("{\"name\":\"Pancakes\",", "\"steps\":[]}x"));
        Seen seen = way.chat(client, Way.QUESTION, p -> p.responseFormat(Recipe.class));
        assertThat(seen.error().kind()).isEqualTo(Kind.MISFIT);
        assertThat(seen.text()).endsWith("}x");
    }

    @Test
    void aTypeWithMapsGoesWithoutStrictMode() throws Exception {
        record Prices(Map<String, Double> euros) {}
        assertThatThrownBy(() -> OpenAIChatCompletionsParameters.create().responseFormat(Prices.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Prices.euros: strict mode has no maps");
        server.then(Way.WAITING.answer("{\"euros\":{\"milk\":1.5}}"));

        Seen seen = Way.WAITING.chat(client, Way.QUESTION, p -> p.responseFormat(Prices.class, false));

        assertThat(seen.result().as(Prices.class)).isEqualTo(new Prices(Map.of("milk", 1.5)));
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
        server.then(Way.WAITING.answer("{\"zentimeter\":3}"));
        client.chat().completions().create(Way.QUESTION, p -> p.responseFormat(Größe.class));
        assertThat(server.takeRequest().text()).contains("\"name\":\"Gr__e\"");
    }
}
