package dev.aikit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.images.OpenAIImageParameters;
import dev.aikit.images.OpenAIImagesResult;
import dev.aikit.json.Json;
import dev.aikit.moderations.OpenAIModerationsAPI.Input;
import dev.aikit.testing.Description;
import dev.aikit.testing.Description.Example;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every example of a request in OpenAI's description of its API is made by this library, where it has the function: sent is
 * what the example sends, and valid by the schema.
 */
class RequestExamplesTest extends ServerTest {
    /** The same call in Java, by the example; it is given what the example sends. */
    private static final Map<String, Call> CALLS = Map.ofEntries(
            entry("POST /images/generations (Generate image)", (c, sent) -> generated(c, sent, p -> p)),
            entry(
                    "POST /images/generations (Streaming)",
                    (c, sent) -> generated(c, sent, p -> p.field("stream", true))),
            entry("GET /files", (c, sent) -> c.files().list()),
            entry("GET /files/{file_id}", (c, sent) -> c.files().retrieve(sent.id())),
            entry("DELETE /files/{file_id}", (c, sent) -> c.files().delete(sent.id())),
            entry("GET /models", (c, sent) -> c.models().list()),
            entry("GET /models/{model}", (c, sent) -> c.models().retrieve(sent.id())),
            entry("POST /chat/completions (Default)", (c, sent) -> chat(c, sent, p -> p)),
            entry("POST /chat/completions (Streaming)", (c, sent) -> chat(c, sent, p -> p.stream(true))),
            entry(
                    "POST /chat/completions (Logprobs)",
                    (c, sent) -> chat(c, sent, p -> p.field("logprobs", true).field("top_logprobs", 2))),
            entry(
                    "POST /chat/completions (Functions)",
                    (c, sent) -> chat(
                            c,
                            sent,
                            p -> p.tools(sent.body().get("tools").items()).toolChoice("auto"))),
            entry("POST /chat/completions (Image input)", RequestExamplesTest::picture),
            entry("GET /chat/completions", (c, sent) -> c.chat().completions().list()),
            entry(
                    "GET /chat/completions/{completion_id}",
                    (c, sent) -> c.chat().completions().retrieve(sent.id())),
            entry(
                    "POST /chat/completions/{completion_id}",
                    (c, sent) -> c.chat().completions().update(sent.id(), Map.of("foo", "bar"))),
            entry(
                    "DELETE /chat/completions/{completion_id}",
                    (c, sent) -> c.chat().completions().delete(sent.id())),
            entry(
                    "GET /chat/completions/{completion_id}/messages",
                    (c, sent) -> c.chat().completions().messages().list(sent.id())),
            entry(
                    "POST /embeddings",
                    (c, sent) -> c.embeddings()
                            .create(sent.text("input"), sent.text("model"), p -> p.encodingFormat("float"))),
            entry(
                    "POST /moderations (Single string)",
                    (c, sent) -> c.moderations().create(sent.text("input"))),
            entry("POST /moderations (Image and text)", RequestExamplesTest::judged));

    private static final Map<String, String> SCHEMAS = Map.of(
            "POST /chat/completions", "CreateChatCompletionRequest",
            "POST /embeddings", "CreateEmbeddingRequest",
            "POST /images/generations", "CreateImageRequest",
            "POST /moderations", "CreateModerationRequest");

    RequestExamplesTest() {
        super(c -> c.maxRetries(0));
    }

    private interface Call {
        void make(OpenAI client, Sent sent);
    }

    /** What an example sends: to which path below the base URL, and which body. */
    private record Sent(String target, Json body) {
        static Sent by(Example example) {
            Matcher url = Pattern.compile("https://api\\.openai\\.com(/v1\\S+)").matcher(example.request());
            assertThat(url.find()).as("an address in %s", example).isTrue();
            return new Sent(url.group(1), Description.bodyOf(example.request()));
        }

        /** The id in the path, after the name of the resource. */
        String id() {
            return target.replaceAll("/v1/(chat/completions|models|files)/([^/]+).*", "$2");
        }

        String text(String field) {
            return body.get(field).asText();
        }
    }

    @Test
    void everyExampleIsSentAsItIs() throws Exception {
        server.otherwise(to -> to.answer(200, "{\"choices\":[],\"data\":[{\"embedding\":[1]}]}"));
        Set<String> made = new TreeSet<>();
        for (Example example : Description.examples()) {
            if (example.function().equals("POST /files")) continue; // a form: see OpenAISchemasTest
            if (example.request().isEmpty() || !ResponseExamplesTest.TYPED.containsKey(example.function())) continue;
            assertThat(CALLS).as("the calls of this test").containsKey(example.toString());
            Sent expected = Sent.by(example);
            CALLS.get(example.toString()).make(client, expected);
            ReceivedRequest sent = server.takeRequest();
            assertThat(sent.method() + " " + sent.target()).isEqualTo(example.method() + " " + expected.target());
            Json body = sent.text().isEmpty() ? Json.missing() : Json.parse(sent.text());
            assertThat(body.isPresent()).isEqualTo(expected.body().isPresent());
            assertContains(example.toString(), body, expected.body());
            String schema = SCHEMAS.get(example.function());
            if (schema != null)
                assertThat(OpenAISchemasTest.violations(schema, sent.text()))
                        .as(example.toString())
                        .isEmpty();
            made.add(example.toString());
        }
        assertThat(made).as("examples that are in the description").isEqualTo(new TreeSet<>(CALLS.keySet()));
    }

    /** Each field of the example is sent; what the library adds, such as its default model, may stand beside it. */
    private static void assertContains(String what, Json sent, Json example) {
        if (example.isObject()) {
            example.fields().forEach((name, value) -> assertContains(what + " " + name, sent.get(name), value));
        } else if (example.isArray()) {
            assertThat(sent.size()).as(what).isEqualTo(example.size());
            for (int i = 0; i < example.size(); i++) assertContains(what + " " + i, sent.get(i), example.get(i));
        } else {
            assertThat(sent).as(what).isEqualTo(example);
        }
    }

    private static void chat(
            OpenAI client,
            Sent sent,
            UnaryOperator<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>> settings) {
        List<OpenAIMessage> messages = sent.body()
                .get("messages")
                .map(message -> OpenAIMessage.of(
                        message.get("role").asText(), message.get("content").asText()));
        client.chat().completions().create(messages, p -> settings.apply(p.model(sent.text("model"))));
    }

    private static void picture(OpenAI client, Sent sent) {
        Json parts = sent.body().get("messages").get(0).get("content");
        OpenAIMessage message = OpenAIMessage.user(parts.get(0).get("text").asText())
                .addImageURL(parts.get(1).get("image_url").get("url").asText());
        client.chat()
                .completions()
                .create(
                        List.of(message),
                        p -> p.model(sent.text("model"))
                                .field("max_tokens", sent.body().get("max_tokens")));
    }

    private static void generated(
            OpenAI client, Sent sent, UnaryOperator<OpenAIImageParameters<OpenAIImagesResult>> settings) {
        client.images()
                .generate(
                        sent.text("prompt"),
                        p -> settings.apply(p.model(sent.text("model"))
                                .n(sent.body().get("n").asInt(0))
                                .size(sent.text("size"))));
    }

    private static void judged(OpenAI client, Sent sent) {
        Json parts = sent.body().get("input");
        Input input = Input.text(parts.get(0).get("text").asText())
                .andImageURL(parts.get(1).get("image_url").get("url").asText());
        client.moderations().create(input, sent.text("model"));
    }
}
