package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIMessage;
import dev.aikit.chat.OpenAITool;
import dev.aikit.moderations.OpenAIModerationsAPI.Input;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Pictures;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chat helper, embeddings, moderations, images and vision send, held against OpenAI's description. */
class KitSchemasTest extends KeyedServerTest {
    KitSchemasTest() {
        super(c -> c.maxRetries(0));
    }

    private void nextRequestIsA(String schema) throws Exception {
        assertThat(OpenAISchemasTest.violations(schema, server.takeRequest().text()))
                .isEmpty();
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
    void moderationsAreAskedForAsOpenAIsAre() throws Exception {
        server.otherwise(to -> to.answer(200, "{\"results\":[]}"));
        client.moderations().create(Input.texts(List.of("a", "b")), "omni-moderation-latest");
        client.moderations().create(Input.text("a").andImageURL("https://example.org/a.png"), "omni-moderation-latest");
        nextRequestIsA("CreateModerationRequest");
        nextRequestIsA("CreateModerationRequest");
    }

    @Test
    void everyRequestOfAConversationWithToolsIsOneOfOpenAIs() throws Exception {
        for (boolean stream : List.of(false, true)) {
            server.then(ChatScripts.asks(List.of(
                            new ChatScripts.Call("c1", "now", "{}"), new ChatScripts.Call("c2", "unknown", "{"))))
                    .then(ChatScripts.says("Noon."))
                    .then(ChatScripts.says("Yes."));
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
    void picturesAreAskedForAsOpenAIsAre() throws Exception {
        server.otherwise(to -> to.answer(200, "{\"data\":[{\"b64_json\":\"AAAA\"}]}"));
        client.images().generate("A cute baby sea otter");
        nextRequestIsA("CreateImageRequest");

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
