package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which the kit lets a tool be given. */
class ToolFormsTest extends KeyedServerTest {
    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"location\":{\"type\":\"string\"}}}";
    private static final String FUNCTION =
            "{\"name\":\"get_weather\",\"description\":\"The weather.\",\"parameters\":" + SCHEMA + "}";

    private static OpenAITool tool(String name) {
        return OpenAITool.of(name, "x", Map.of("type", "object"), a -> name);
    }

    @ParameterizedTest
    @ValueSource(strings = {FUNCTION, "{\"type\":\"function\",\"function\":" + FUNCTION + "}"})
    void aDefinitionHasTheSimpleFormOrThatOfTheAPI(String definition) {
        OpenAITool tool = OpenAITool.of(Json.parse(definition), a -> "Sunny");
        assertThat(tool.name()).isEqualTo("get_weather");
        assertThat(tool.description()).isEqualTo("The weather.");
        assertThat(tool.parameters()).isEqualTo(Json.parse(SCHEMA));
        assertThat(tool.strict()).isFalse();
        assertThat(tool.json()).isEqualTo(Json.parse("{\"type\":\"function\",\"function\":" + FUNCTION + "}"));
    }

    @Test
    void strictMayStandBesideTheFunctionOrInIt() {
        Json beside = Json.parse("{\"type\":\"function\",\"function\":" + FUNCTION + "}")
                .with("strict", true);
        assertThat(OpenAITool.of(beside, a -> 1).strict()).isTrue();
        assertThat(OpenAITool.of(Json.parse(FUNCTION).with("strict", true), a -> 1)
                        .strict())
                .isTrue();
    }

    @Test
    void aDefinitionMayBeAMapAndLackWhatTheAPIDoesNotDemand() {
        OpenAITool tool = OpenAITool.of(Map.of("name", "now"), a -> "noon");
        assertThat(tool.json()).isEqualTo(Json.parse("{\"type\":\"function\",\"function\":{\"name\":\"now\"}}"));
        assertThat(tool.description()).isEmpty();
        assertThat(tool.parameters().isPresent()).isFalse();
    }

    @Test
    void whatIsNoDefinitionSaysWhy() {
        assertThatThrownBy(() -> OpenAITool.of(Map.of(), a -> 1)).hasMessageContaining("name:");
        assertThatThrownBy(() -> OpenAITool.of(Map.of("name", "x", "parameters", List.of()), a -> 1))
                .hasMessageContaining("parameters:");
        assertThatThrownBy(() -> OpenAITool.of(Map.of("name", "x"), null)).hasMessageContaining("handler");
    }

    @Test
    void theHandlerMayStandApartFromTheDefinition() throws Exception {
        server.then(ChatScripts.asks("c1", "get_weather", "{\"location\":\"Rome\"}"))
                .then(ChatScripts.says("Fine."));
        OpenAIChatHelper<?> helper = client.chat()
                .create("x")
                .registerTool(
                        Json.parse(FUNCTION),
                        given -> "Sunny in " + given.get("location").asText());
        helper.prompt("?");
        server.takeRequest();
        assertThat(Way.messages(server.takeRequest()).get(3).text()).isEqualTo("Sunny in Rome");
        assertThat(helper.registerTool(tool("a"), a -> "other")
                        .tools()
                        .get(1)
                        .handler()
                        .call(Json.of(Map.of())))
                .isEqualTo("other");
    }

    @Test
    void severalAreGivenAsACollectionOrByName() {
        OpenAIChatHelper<?> helper = client.chat().create("x").registerTools(List.of(tool("a"), tool("b")));
        helper.registerTools(Map.of("c", tool("c")));
        assertThat(helper.tools()).extracting(OpenAITool::name).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> helper.registerTools(Map.of("d", tool("e"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tool under the name d is named e");
    }

    @Test
    void parametersOfACallTakeToolsAsTheyAre() {
        server.then(ChatScripts.says("Fine."));
        client.chat().completions().create(Way.QUESTION, p -> p.tools(List.of(tool("a"), Map.of("type", "custom"))));
        Json sent = Json.parse(server.takeRequest().text()).get("tools");
        assertThat(sent.get(0)).isEqualTo(tool("a").json());
        assertThat(sent.get(1)).hasToString("{\"type\":\"custom\"}");
    }
}
