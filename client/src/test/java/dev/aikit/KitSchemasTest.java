package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionDeletedResult;
import dev.aikit.chat.OpenAIChatCompletionsListResult;
import dev.aikit.chat.OpenAIChatCompletionsMessagesResult;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.chat.OpenAITool;
import dev.aikit.images.OpenAIImagesResult;
import dev.aikit.json.Json;
import dev.aikit.moderations.OpenAIModerationResult;
import dev.aikit.moderations.OpenAIModerationsAPI.Input;
import dev.aikit.testing.Pictures;
import dev.aikit.testing.ScriptedServer;
import dev.aikit.testing.ToolScripts;
import dev.aikit.testing.Way;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the chat helper, embeddings, moderations, images, vision and stored completions send and read, held against OpenAI's description. */
class KitSchemasTest {
    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = Way.client(server, c -> c.maxRetries(0));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void nextRequestIsA(String schema) throws Exception {
        assertThat(OpenAISchemasTest.violations(schema, server.takeRequest().text()))
                .isEmpty();
    }

    /** Has the server send an example, and returns it. */
    private Json answerExample(String path, String method, int place) throws Exception {
        String example = OpenAISchemasTest.examples(path, method)
                .get(place)
                .get("response")
                .asText();
        server.then(to -> to.answer(200, example, "content-type: application/json"));
        return Json.parse(example);
    }

    private static void isReadWithoutLoss(OpenAIResult result, Json example) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.json()).isEqualTo(example);
    }

    @Test
    void embeddingsAreAskedForAsOpenAIsAre() throws Exception {
        server.otherwise(to -> to.answer(200, "{\"data\":[{\"embedding\":[1]}]}"));
        client.embeddings().create("x", "text-embedding-3-small");
        client.embeddings()
                .create(
                        List.of("x", "y"),
                        "m",
                        p -> p.dimensions(2).encodingFormat("float").user("ann"));
        nextRequestIsA("CreateEmbeddingRequest");
        nextRequestIsA("CreateEmbeddingRequest");
    }

    @Test
    void moderationsAreAskedForAsOpenAIsAreAndTheirExamplesRead() throws Exception {
        for (int place = 0; place < 2; place++) {
            Json example = answerExample("/moderations", "post", place);
            Input input = place == 0
                    ? Input.texts(List.of("a", "b"))
                    : Input.text("a").andImageURL("https://example.org/a.png");
            OpenAIModerationResult result = client.moderations().create(input, "omni-moderation-latest");
            isReadWithoutLoss(result, example);
            Json item = example.get("results").get(0);
            assertThat(result.moderation().item().flagged())
                    .isEqualTo(item.get("flagged").asBoolean(false))
                    .isTrue();
            assertThat(result.moderation().item().categories())
                    .hasSameSizeAs(item.get("categories").fields());
            assertThat(result.moderation().item().categoryScore())
                    .hasSameSizeAs(item.get("category_scores").fields());
            nextRequestIsA("CreateModerationRequest");
        }
    }

    @Test
    void theExamplesOfStoredCompletionsAreReadWithoutLoss() throws Exception {
        String one = "/chat/completions/{completion_id}";
        var completions = client.chat().completions();

        Json example = answerExample(one, "get", 0);
        OpenAIChatCompletionsResult retrieved = completions.retrieve("c");
        isReadWithoutLoss(retrieved, example);
        assertThat(retrieved.choice().text()).isNotEmpty();

        example = answerExample(one, "post", 0);
        isReadWithoutLoss(completions.update("c", Map.of("foo", "bar")), example);

        example = answerExample(one, "delete", 0);
        OpenAIChatCompletionDeletedResult deleted = completions.delete("c");
        isReadWithoutLoss(deleted, example);
        assertThat(deleted.deleted()).isTrue();

        example = answerExample("/chat/completions", "get", 0);
        OpenAIChatCompletionsListResult list = completions.list();
        isReadWithoutLoss(list, example);
        assertThat(list.completions()).isNotEmpty();
        assertThat(list.lastId()).isEqualTo(example.get("last_id").asText()).isNotEmpty();

        example = answerExample(one + "/messages", "get", 0);
        OpenAIChatCompletionsMessagesResult messages = completions.messages().list("c");
        isReadWithoutLoss(messages, example);
        assertThat(messages.messages()).isNotEmpty().allMatch(m -> !m.text().isEmpty());
    }

    @Test
    void everyRequestOfAConversationWithToolsIsOneOfOpenAIs() throws Exception {
        for (boolean stream : List.of(false, true)) {
            server.then(ToolScripts.asks(List.of(
                            new ToolScripts.Call("c1", "now", "{}"), new ToolScripts.Call("c2", "unknown", "{"))))
                    .then(ToolScripts.says("Noon."))
                    .then(ToolScripts.says("Yes."));
            var helper = client.chat()
                    .create("Be short.", p -> p.model("m").stream(stream).async())
                    .registerTool(OpenAITool.of("now", "The time.", Map.of("type", "object"), a -> "noon")
                            .strict(false));
            Way.ended(helper.prompt("?"));
            Way.ended(helper.prompt(OpenAIMessage.user("Sure?").addImageURL("https://example.org/a.png")));
            for (int i = 0; i < 3; i++) nextRequestIsA("CreateChatCompletionRequest");
        }
    }

    @Test
    void picturesAreAskedForAsOpenAIsAreAndTheirExampleRead() throws Exception {
        Json example = answerExample("/images/generations", "post", 0);
        OpenAIImagesResult result = client.images().generate("A cute baby sea otter");
        isReadWithoutLoss(result, example);
        assertThat(result.image().b64Json())
                .isEqualTo(example.get("data").get(0).get("b64_json").asText())
                .isNotEmpty();
        Json usage = example.get("usage");
        assertThat(result.usage().inputTokens())
                .isEqualTo(usage.get("input_tokens").asInt(-1));
        assertThat(result.usage().outputTokens())
                .isEqualTo(usage.get("output_tokens").asInt(-1));
        assertThat(result.usage().imageTokens())
                .isEqualTo(usage.get("input_tokens_details").get("image_tokens").asInt(-1));
        nextRequestIsA("CreateImageRequest");

        answerExample("/images/generations", "post", 0);
        client.images()
                .generate(
                        "A cute baby sea otter",
                        p -> p.model("gpt-image-1")
                                .n(2)
                                .size("1024x1024")
                                .style("natural")
                                .responseFormat("b64_json")
                                .quality("high")
                                .background("transparent")
                                .outputFormat("webp")
                                .outputCompression(50)
                                .moderation("low")
                                .user("ann"));
        nextRequestIsA("CreateImageRequest");
    }

    @Test
    void questionsAboutPicturesAreOpenAIsRequests() throws Exception {
        server.otherwise(Way.WAITING.answer("A car."));
        var vision = client.chat().vision();
        vision.create("https://example.org/a.png").prompt("?");
        vision.fromPicture(Pictures.noise(1)).prompt("?", p -> p.model("m").maxCompletionTokens(9));
        client.chat()
                .completions()
                .create(List.of(OpenAIMessage.user("?")
                        .addPicture(Pictures.png(), "image/png")
                        .addPicture(Pictures.webp(), "image/webp")));
        for (int i = 0; i < 3; i++) nextRequestIsA("CreateChatCompletionRequest");
    }
}
