package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.json.Json;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A prompt whose tools run in several rounds stays with the model that began to answer it. */
class HelperFallbacksTest {
    private final ScriptedServer one = ScriptedServer.start();
    private final ScriptedServer two = ScriptedServer.start();
    private final OpenAIProviders providers = OpenAIProviders.empty()
            .provider(OpenAIProvider.of("one", one.uri("/v1").toString()).apiKey("sk-one"))
            .provider(OpenAIProvider.of("two", two.uri("/v1").toString()).apiKey("sk-two"))
            .modelAlias("both", "one:first", "two:second")
            .modelAlias("back", "two:second", "one:first");
    private final OpenAI client =
            OpenAI.create(c -> c.baseURL("http://127.0.0.1:1/v1").maxRetries(0).providers(providers));

    @AfterEach
    void close() {
        client.close();
        one.close();
        two.close();
    }

    private Talk talk(Way way, String model) {
        Talk talk = Talk.of(way, client, model);
        talk.helper().registerTool(OpenAITool.of("now", "The time.", Map.of("type", "object"), a -> "noon"));
        return talk;
    }

    private static void assertSent(ReceivedRequest request, String model, String key) {
        assertThat(Json.parse(request.text()).get("model").asText()).isEqualTo(model);
        assertThat(request.header("authorization")).isEqualTo("Bearer " + key);
    }

    @ParameterizedTest
    @EnumSource
    void allItsRoundsGoToTheModelThatAnsweredTheFirst(Way way) throws Exception {
        one.then(to -> to.answer(503, "{}"));
        two.then(ChatScripts.asks("c1", "now", "{}"))
                .then(ChatScripts.asks("c2", "now", "{}"))
                .then(ChatScripts.says("It is ", "noon."));

        OpenAIChatCompletionsResult result = talk(way, "both").prompt("What time is it?");

        assertThat(result.errors()).isEmpty();
        assertThat(result.choice().text()).isEqualTo("It is noon.");
        for (int round = 0; round < 3; round++) assertSent(two.takeRequest(), "second", "sk-two");
        assertThat(result.attempts()).extracting(OpenAIAttempt::provider).containsExactly("one", "two", "two", "two");
        assertThat(one.requestsWaiting()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLaterRoundThatFailsIsNotTakenElsewhere(Way way) throws Exception {
        two.then(ChatScripts.asks("c1", "now", "{}")).then(to -> to.answer(503, "{}"));

        OpenAIChatCompletionsResult result = talk(way, "back").prompt("What time is it?");

        assertThat(result.errors().get(0).status()).isEqualTo(503);
        assertThat(one.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theNextPromptBeginsAgainWithTheFirstModel(Way way) throws Exception {
        one.then(to -> to.answer(503, "{}")).then(ChatScripts.says("Again."));
        two.then(ChatScripts.says("Once."));
        Talk talk = talk(way, "both");

        assertThat(talk.prompt("One?").choice().text()).isEqualTo("Once.");
        assertThat(talk.prompt("Two?").choice().text()).isEqualTo("Again.");
    }
}
