package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsAPI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat completions that were kept, by plain HTTP and by the client. */
class StoredCompletionsTest {
    private LocalServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = LocalServer.builder().preload(false).start();
        client = new TestClient(server.baseURL());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Json keep(String question, Map<String, ?> metadata) {
        TestClient.Answer answer = client.chat("aikit-guide", question, Map.of("store", true, "metadata", metadata));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private List<String> ids(String query) {
        return client.get("/chat/completions" + query)
                .json()
                .get("data")
                .map(each -> each.get("id").asText());
    }

    @Test
    void keepsWhatItIsAskedToKeepAndNothingElse() {
        Json kept = keep("Hello", Map.of("topic", "greeting"));
        String other =
                client.chat("aikit-guide", "Hello", Map.of()).json().get("id").asText();

        Json found = client.get("/chat/completions/" + kept.get("id").asText()).json();

        assertThat(found.get("choices")).isEqualTo(kept.get("choices"));
        assertThat(found.get("usage")).isEqualTo(kept.get("usage"));
        assertThat(found.get("metadata").get("topic").asText()).isEqualTo("greeting");
        TestClient.Answer none = client.get("/chat/completions/" + other);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().get("error").get("message").asText())
                .contains(other)
                .contains("'store'");
    }

    @Test
    void keepsAStreamAsAWhole() {
        TestClient.Answer stream = client.chat("aikit-guide", "Hello", Map.of("store", true, "stream", true));
        String id = stream.chunks().get(0).get("id").asText();

        Json found = client.get("/chat/completions/" + id).json();

        assertThat(found.get("object").asText()).isEqualTo("chat.completion");
        assertThat(found.get("choices").get(0).get("message").get("content").asText())
                .isEqualTo(stream.streamedText())
                .isNotBlank();
    }

    @Test
    void listsByModelAndMetadataInPages() {
        String first = keep("Hello", Map.of("n", "1", "kind", "a")).get("id").asText();
        String second = keep("Hi", Map.of("n", "2", "kind", "a")).get("id").asText();
        String third = keep("Who are you?", Map.of("n", "3")).get("id").asText();

        assertThat(ids("")).containsExactly(first, second, third);
        assertThat(ids("?order=desc&limit=2")).containsExactly(third, second);
        assertThat(ids("?after=" + first)).containsExactly(second, third);
        assertThat(ids("?metadata%5Bkind%5D=a&metadata%5Bn%5D=2")).containsExactly(second);
        assertThat(ids("?model=none")).isEmpty();
        assertThat(ids("?model=aikit-guide")).hasSize(3);
        assertThat(client.get("/chat/completions?limit=2")
                        .json()
                        .get("has_more")
                        .asBoolean(false))
                .isTrue();
    }

    @Test
    void listsTheMessagesThatWereAnswered() {
        Object parts = List.of(Map.of("type", "text", "text", "Hello"));
        TestClient.Answer kept = client.post(
                "/chat/completions",
                Map.of(
                        "model",
                        "aikit-guide",
                        "store",
                        true,
                        "messages",
                        List.of(
                                Map.of("role", "system", "content", "Be brief"),
                                Map.of("role", "user", "content", parts))));
        String id = kept.json().get("id").asText();

        List<Json> messages = client.get("/chat/completions/" + id + "/messages")
                .json()
                .get("data")
                .items();

        assertThat(messages).extracting(message -> message.get("role").asText()).containsExactly("system", "user");
        assertThat(messages.get(0).get("id").asText()).isEqualTo(id + "-0");
        assertThat(messages.get(0).get("content").asText()).isEqualTo("Be brief");
        assertThat(messages.get(1).get("content").isNull()).isTrue();
        assertThat(messages.get(1).get("content_parts")).isEqualTo(Json.of(parts));
        assertThat(client.get("/chat/completions/" + id + "/messages?limit=1&order=desc")
                        .json()
                        .get("first_id")
                        .asText())
                .isEqualTo(id + "-1");
    }

    @Test
    void changesMetadataAndDeletes() {
        String id = keep("Hello", Map.of("old", "1")).get("id").asText();
        String path = "/chat/completions/" + id;

        Json updated = client.post(path, Map.of("metadata", Map.of("new", "2"))).json();
        Json deleted = client.send("DELETE", path, "").json();

        assertThat(updated.get("metadata")).isEqualTo(Json.of(Map.of("new", "2")));
        assertThat(updated.get("id").asText()).isEqualTo(id);
        assertThat(deleted).isEqualTo(Json.of(Map.of("object", "chat.completion.deleted", "id", id, "deleted", true)));
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.get(path + "/messages").status()).isEqualTo(404);
        assertThat(client.send("DELETE", path, "").status()).isEqualTo(404);
        assertThat(ids("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"metadata\":1}", "{\"metadata\":{\"k\":1}}", "{\"metadata\":{\"k\":{}}}", "no JSON"})
    void refusesMetadataThatCannotBe(String body) {
        String path = "/chat/completions/" + keep("Hello", Map.of()).get("id").asText();

        assertThat(client.send("POST", path, body).status()).isEqualTo(400);
    }

    @Test
    void letsTheClientOfTheKitUseThemAll() {
        try (OpenAI kit = OpenAI.create(c -> c.baseURL(server.baseURL()))) {
            OpenAIChatCompletionsAPI completions = kit.chat().completions();
            String id = completions
                    .create(
                            List.of(OpenAIMessage.user("Hello")),
                            p -> p.model("aikit-guide").store(true))
                    .orThrow()
                    .json()
                    .get("id")
                    .asText();

            assertThat(completions.retrieve(id).orThrow().choice().text()).isNotBlank();
            assertThat(completions
                            .update(id, Map.of("seen", "yes"))
                            .orThrow()
                            .json()
                            .get("metadata")
                            .get("seen")
                            .asText())
                    .isEqualTo("yes");
            assertThat(completions.list().orThrow().json().get("data").items()).hasSize(1);
            assertThat(completions
                            .messages()
                            .list(id)
                            .orThrow()
                            .json()
                            .get("data")
                            .size())
                    .isEqualTo(1);
            assertThat(completions.delete(id).success()).isTrue();
            assertThat(completions.retrieve(id).success()).isFalse();
        }
    }
}
