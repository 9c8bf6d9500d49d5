package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Parameters: what they refuse, at once and by name, and what they send. */
class OpenAIParametersTest extends KeyedServerTest {
    OpenAIParametersTest() {
        super(c -> c.maxRetries(0));
    }

    private interface Setting
            extends Function<
                    OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>, OpenAIChatCompletionsParameters<?>> {}

    private static Map<String, List<Setting>> badSettings() {
        Map<String, List<Setting>> bad = new LinkedHashMap<>();
        bad.put("model", List.of(p -> p.model(null), p -> p.model(" ")));
        bad.put("maxCompletionTokens", List.of(p -> p.maxCompletionTokens(0), p -> p.maxCompletionTokens(-3)));
        bad.put("n", List.of(p -> p.n(0), p -> p.n(129)));
        bad.put(
                "temperature",
                List.of(p -> p.temperature(-0.1), p -> p.temperature(2.1), p -> p.temperature(Double.NaN)));
        bad.put("topP", List.of(p -> p.topP(-1), p -> p.topP(1.01)));
        bad.put("reasoningEffort", List.of(p -> p.reasoningEffort("")));
        bad.put("responseFormat", List.of(p -> p.responseFormat((Map<String, ?>) null)));
        bad.put("tools", List.of(p -> p.tools(null)));
        bad.put("toolChoice", List.of(p -> p.toolChoice(" "), p -> p.toolChoice((Map<String, ?>) null)));
        bad.put("prediction", List.of(p -> p.prediction(null)));
        bad.put("serviceTier", List.of(p -> p.serviceTier(null)));
        bad.put("streamOptions", List.of(p -> p.streamOptions(null)));
        bad.put("stop", List.of(p -> p.stop(), p -> p.stop(""), p -> p.stop("a", null), p -> p.stop((String[]) null)));
        bad.put("onData", List.of(p -> p.onData(null), p -> p.stream(false).onData(c -> {})));
        bad.put("stream", List.of(p -> p.onData(c -> {}).stream(false)));
        bad.put("onResponse", List.of(p -> p.onResponse(null)));
        bad.put("onError", List.of(p -> p.onError(null)));
        bad.put("onTerminate", List.of(p -> p.onTerminate(null)));
        bad.put("formula", List.of(p -> p.formula(null)));
        bad.put("streamFormula", List.of(p -> p.streamFormula(null)));
        bad.put("on", List.of(p -> p.on((java.util.concurrent.Executor) null)));
        bad.put("timeout", List.of(p -> p.timeout(null), p -> p.timeout(java.time.Duration.ZERO)));
        bad.put("maxRetries", List.of(p -> p.maxRetries(-1)));
        bad.put("httpAgent", List.of(p -> p.httpAgent(null)));
        bad.put("extraHeaders", List.of(p -> p.extraHeaders(null)));
        bad.put("header", List.of(p -> p.extraHeader("a:b", "x"), p -> p.extraHeader("x", "a\nb")));
        bad.put("user", List.of(p -> p.user(" ")));
        bad.put("seed", List.of(p -> p.field("seed", Double.NaN)));
        bad.put("name", List.of(p -> p.field(null, 1), p -> p.field("", 1)));
        return bad;
    }

    @Test
    void aBadArgumentIsRefusedWhereItIsGivenAndByName() {
        badSettings()
                .forEach((name, settings) -> settings.forEach(
                        setting -> assertThatThrownBy(() -> setting.apply(OpenAIChatCompletionsParameters.create()))
                                .as(name)
                                .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
                                .hasMessageContaining(name)));
    }

    @Test
    void badArgumentsOfFunctionsAreRefusedBeforeAnythingIsSent() {
        var chat = client.chat().completions();
        List<OpenAIMessage> hole = Arrays.asList(OpenAIMessage.user("x"), null);
        assertThatThrownBy(() -> chat.create(null)).hasMessageContaining("messages");
        assertThatThrownBy(() -> chat.create(List.of())).hasMessageContaining("messages");
        assertThatThrownBy(() -> chat.create(hole)).hasMessageContaining("messages[1]");
        assertThatThrownBy(() -> chat.create(hole, p -> p.onResponse(r -> {}))).hasMessageContaining("messages[1]");
        assertThatThrownBy(() -> chat.create(
                        Way.QUESTION, p -> (OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>) null))
                .hasMessageContaining("parameters");
        for (String id : new String[] {null, "", " ", "..", "a/../b", "a//b", "/a"})
            assertThatThrownBy(() -> client.models().retrieve(id))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("model");
        assertThat(server.connections()).isZero();
    }

    @Test
    void idsOfModelsAreMadeSafeForThePath() {
        server.otherwise(to -> to.answer(200, "{\"id\":\"m\"}"));
        for (String id : List.of("gpt-4o", "ft:gpt:org::id", "org/model", "a b?c#d%é"))
            client.models().retrieve(id);
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < 4; i++) targets.add(server.takeRequest().target());
        assertThat(targets)
                .containsExactly(
                        "/v1/models/gpt-4o",
                        "/v1/models/ft%3Agpt%3Aorg%3A%3Aid",
                        "/v1/models/org/model",
                        "/v1/models/a%20b%3Fc%23d%25%C3%A9");
    }

    @Test
    void areMadeOnceAndUsedOften() throws Exception {
        server.otherwise(Way.WAITING.answer("Fine."));
        List<String> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
        OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> base =
                OpenAIChatCompletionsParameters.create().model("m").temperature(0.5);
        var asking = base.onResponse(r -> answers.add(r.choice().text()));

        assertThat(client.chat().completions().create(Way.QUESTION, base.n(2)).success())
                .isTrue();
        for (int i = 0; i < 3; i++) Way.ended(client.chat().completions().create(Way.QUESTION, asking));

        assertThat(answers).hasSize(3);
        assertThat(Json.parse(server.takeRequest().text()).get("n").asInt(0)).isEqualTo(2);
        assertThat(Json.parse(server.takeRequest().text()).get("n").isPresent()).isFalse();
        OpenAICommonParameters<OpenAIModelListResult, OpenAIModelListResult> list =
                OpenAICommonParameters.of(OpenAIModelListResult.class).maxRetries(1);
        assertThat(client.models().list(list).success()).isTrue();
    }

    @Test
    void everyParameterIsSentUnderTheApisName() {
        server.then(Way.STREAMING_WAITING.answer("Fine."));
        client.chat()
                .completions()
                .create(
                        Way.QUESTION,
                        p -> p.model("m").stream(true)
                                .streamOptions(Map.of("include_usage", true))
                                .maxCompletionTokens(100)
                                .n(2)
                                .temperature(0.25)
                                .topP(0.5)
                                .store(false)
                                .reasoningEffort("low")
                                .responseFormat(Map.of("type", "json_object"))
                                .tools(List.of(Map.of("type", "function")))
                                .toolChoice("auto")
                                .prediction(Map.of("type", "content", "content", "x"))
                                .serviceTier("flex")
                                .stop("\n", "END")
                                .user("ann")
                                .field("seed", 7));
        assertThat(Json.parse(server.takeRequest().text())).isEqualTo(Json.parse("""
                        {"model":"m","messages":[{"role":"user","content":"How are you?"}],"stream":true,
                         "stream_options":{"include_usage":true},"max_completion_tokens":100,"n":2,"temperature":0.25,
                         "top_p":0.5,"store":false,"reasoning_effort":"low","response_format":{"type":"json_object"},
                         "tools":[{"type":"function"}],"tool_choice":"auto",
                         "prediction":{"type":"content","content":"x"},"service_tier":"flex","stop":["\\n","END"],
                         "user":"ann","seed":7}"""));
    }

    @Test
    void whatIsNotSetIsNotSentButTheModel() {
        server.then(Way.WAITING.answer("Fine."));
        client.chat().completions().create(Way.QUESTION);
        ReceivedRequest request = server.takeRequest();
        assertThat(Json.parse(request.text()).fields().keySet()).containsExactlyInAnyOrder("model", "messages");
        assertThat(Json.parse(request.text()).get("model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/chat/completions");
    }

    @Test
    void showTheNamesOfWhatIsSetAndNoValue() {
        String shown = OpenAIChatCompletionsParameters.create()
                .model("m")
                .extraHeader("authorization", "Bearer sk-secret")
                .field("password", "sk-secret")
                .toString();
        assertThat(shown).contains("model").contains("password").doesNotContain("sk-secret");
    }
}
