package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aikit.json.Json;
import dev.aikit.local.internal.gguf.StoriesModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real GGUF file: a tiny model of children's stories that reads 128 tokens at most. */
class GgufChatTest {
    private static final String BEGINNING = "Once upon a time";

    private static LocalServer server;
    private static TestClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(StoriesModel.FILE), "there is no model to try: " + StoriesModel.FILE);
        server = LocalServer.builder()
                .preload(false)
                .gguf(StoriesModel.FILE)
                .gguf(StoriesModel.withChatTemplate(folder.resolve("talking-stories.GGUF")))
                .start();
        client = new TestClient(server.baseURL());
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
    }

    private static TestClient.Answer tell(Map<String, ?> more) {
        return client.chat("stories260K", BEGINNING, more);
    }

    @Test
    void isListedByTheNameOfItsFile() {
        List<Json> models = client.get("/models").json().get("data").items();

        assertThat(models).extracting(model -> model.get("id").asText()).contains("stories260K", "talking-stories");
        assertThat(client.get("/models/stories260K").json().get("description").asText())
                .contains("llama")
                .contains("no chat template");
    }

    @Test
    void goesOnWithWhatItIsGiven() {
        TestClient.Answer answer = tell(Map.of("seed", 7, "max_completion_tokens", 30));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().split(" ")).hasSizeGreaterThan(8);
        assertThat(answer.json().get("model").asText()).isEqualTo("stories260K");
    }

    @Test
    void saysTheSameWithTheSameSeedAndSomethingElseWithAnother() {
        Map<String, Object> seven = Map.of("seed", 7, "temperature", 1.0, "max_completion_tokens", 40);
        Map<String, Object> eight = Map.of("seed", 8, "temperature", 1.0, "max_completion_tokens", 40);

        assertThat(tell(seven).text())
                .isEqualTo(tell(seven).text())
                .isNotEqualTo(tell(eight).text());
    }

    @Test
    void needsNoSeedAtTemperatureZero() {
        Map<String, Object> one = Map.of("seed", 1, "temperature", 0, "max_completion_tokens", 40);
        Map<String, Object> two = Map.of("seed", 2, "temperature", 0, "max_completion_tokens", 40);

        assertThat(tell(one).text()).isEqualTo(tell(two).text());
    }

    @Test
    void takesOnlyTheLikeliestWordAtTopPZero() {
        Map<String, Object> greedy = Map.of("temperature", 0, "max_completion_tokens", 40);
        Map<String, Object> narrow =
                Map.of("seed", 3, "temperature", 1.5, "top_p", 0.0001, "max_completion_tokens", 40);

        assertThat(tell(narrow).text()).isEqualTo(tell(greedy).text());
    }

    @Test
    void countsTokensAndEndsAtTheLimit() {
        Json body = tell(Map.of("seed", 7, "max_completion_tokens", 12)).json();

        assertThat(body.get("choices").get(0).get("finish_reason").asText()).isEqualTo("length");
        // "Once upon a time" is four tokens; one that marks the start comes before them.
        assertThat(body.get("usage").get("prompt_tokens").asInt(0)).isEqualTo(5);
        assertThat(body.get("usage").get("completion_tokens").asInt(0)).isEqualTo(12);
        assertThat(body.get("usage").get("total_tokens").asInt(0)).isEqualTo(17);
    }

    @Test
    void endsWhereItsMemoryEnds() {
        Json body = tell(Map.of("temperature", 0)).json();

        assertThat(body.get("choices").get(0).get("finish_reason").asText()).isEqualTo("length");
        assertThat(body.get("usage").get("total_tokens").asInt(0)).isBetween(120, 128);
    }

    @Test
    void refusesAPromptThatIsTooLong() {
        TestClient.Answer answer = client.chat("stories260K", BEGINNING.repeat(100), Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("code").asText()).isEqualTo("context_length_exceeded");
        assertThat(answer.json().get("error").get("message").asText()).contains("128");
    }

    @Test
    void answersWithAnErrorWhenTheFileIsDamaged(@TempDir Path folder) throws Exception {
        byte[] model = Files.readAllBytes(StoriesModel.FILE);
        Path half = Files.write(folder.resolve("half.gguf"), java.util.Arrays.copyOf(model, model.length / 2));
        try (LocalServer other = LocalServer.builder().preload(false).gguf(half).start()) {
            TestClient.Answer answer = new TestClient(other.baseURL()).chat("half", BEGINNING, Map.of());

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().get("error").get("message").asText()).contains("half could not be loaded");
        }
    }

    @Test
    void streamsTheSameStory() {
        Map<String, Object> plain = Map.of("seed", 7, "max_completion_tokens", 30);
        Map<String, Object> streamed = Map.of("seed", 7, "max_completion_tokens", 30, "stream", true);

        TestClient.Answer stream = tell(streamed);

        assertThat(stream.streamedText()).isEqualTo(tell(plain).text());
        assertThat(stream.chunks()).hasSizeGreaterThan(20);
        assertThat(stream.events()).last().isEqualTo("[DONE]");
    }

    @Test
    void endsBeforeAStopText() {
        Map<String, Object> whole = Map.of("temperature", 0, "max_completion_tokens", 40);
        String text = tell(whole).text();
        String stop = text.substring(20, 26);

        TestClient.Answer answer = tell(Map.of("temperature", 0, "max_completion_tokens", 40, "stop", stop));

        assertThat(answer.text()).isEqualTo(text.substring(0, text.indexOf(stop)));
        assertThat(answer.json().get("choices").get(0).get("finish_reason").asText())
                .isEqualTo("stop");
    }

    @Test
    void answersSeveralClientsOneAfterTheOther() {
        Map<String, Object> story = Map.of("temperature", 0, "max_completion_tokens", 40);
        String alone = tell(story).text();

        List<String> together = java.util.stream.IntStream.range(0, 8)
                .parallel()
                .mapToObj(each -> tell(story).text())
                .toList();

        assertThat(together).hasSize(8).allSatisfy(text -> assertThat(text).isEqualTo(alone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "hello there", "a smile 😀 and more"})
    void writesTheConversationAsTheTemplateOfTheFileSays(String text) {
        List<Map<String, Object>> messages = List.of(Map.of("role", "system", "content", "a"), TestClient.user(text));
        Map<String, Object> body =
                Map.of("model", "talking-stories", "temperature", 0, "max_tokens", 20, "messages", messages);

        TestClient.Answer byTemplate = client.post("/chat/completions", body);
        TestClient.Answer byHand = client.chat(
                "stories260K", StoriesModel.asByTemplate("a", text), Map.of("temperature", 0, "max_tokens", 20));

        assertThat(byTemplate.json().get("usage")).isEqualTo(byHand.json().get("usage"));
        assertThat(byTemplate.text()).isEqualTo(byHand.text());
        assertThat(client.get("/models/talking-stories")
                        .json()
                        .get("description")
                        .asText())
                .contains("the file's own chat template");
    }
}
