package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.files.FileSource;
import dev.aikit.files.FormData;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.SharedData;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is sent, and what is put together, held against OpenAI's own description of its API. */
class OpenAISchemasTest extends KeyedServerTest {
    private static final String DOCUMENT = "https://openai.test/openapi.json";

    OpenAISchemasTest() {
        super(c -> c.maxRetries(0));
    }

    static List<Error> violations(String schema, String json) throws Exception {
        String document = SharedData.text("spec/openai-subset.json");
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(DOCUMENT, document)));
        Schema wanted = registry.getSchema(SchemaLocation.of(DOCUMENT + "#/components/schemas/" + schema));
        return wanted.validate(json, InputFormat.JSON);
    }

    private static List<Error> violationsOfRequest(String json) throws Exception {
        return violations("CreateChatCompletionRequest", json);
    }

    @Test
    void aRequestWithAllParametersIsOneOfOpenAIs() throws Exception {
        server.then(Way.STREAMING_WAITING.answer("Fine."));
        Map<String, Object> function = Map.of(
                "name",
                "weather",
                "description",
                "The weather.",
                "parameters",
                Map.of("type", "object", "properties", Map.of()));
        client.chat()
                .completions()
                .create(
                        List.of(
                                OpenAIMessage.developer("Be short."),
                                OpenAIMessage.user("What is this?")
                                        .addImageURL("https://example.org/a.png")
                                        .addFileId("file-1"),
                                OpenAIMessage.assistant("A cat."),
                                OpenAIMessage.user("Sure?")),
                        p -> p.model("gpt-4o-mini").stream(true)
                                .streamOptions(Map.of("include_usage", true))
                                .maxCompletionTokens(100)
                                .n(2)
                                .temperature(0.25)
                                .topP(0.5)
                                .store(true)
                                .reasoningEffort("low")
                                .responseFormat(Map.of("type", "json_object"))
                                .tools(List.of(Map.of("type", "function", "function", function)))
                                .toolChoice(Map.of("type", "function", "function", Map.of("name", "weather")))
                                .prediction(Map.of("type", "content", "content", "A cat."))
                                .serviceTier("flex")
                                .stop("\n")
                                .user("ann"));
        assertThat(violationsOfRequest(server.takeRequest().text())).isEmpty();
    }

    @Test
    void aRequestWithNothingSetIsOneOfOpenAIs() throws Exception {
        server.then(Way.WAITING.answer("Fine."));
        client.chat().completions().create(Way.QUESTION);
        assertThat(violationsOfRequest(server.takeRequest().text())).isEmpty();
    }

    @Test
    void aConversationWithACallOfAToolThatWasStreamedIsOneOfOpenAIs() throws Exception {
        server.then(to -> to.answer(
                        200,
                        Answers.event(Answers.piece(
                                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}",
                                        "\"tool_calls\""))
                                + Answers.done()))
                .then(Way.WAITING.answer("Rain."));
        OpenAIMessage asked = client.chat()
                .completions()
                .create(Way.QUESTION, p -> p.stream(true))
                .choice()
                .message();
        client.chat()
                .completions()
                .create(List.of(
                        OpenAIMessage.system("x"),
                        OpenAIMessage.user("Weather?"),
                        asked,
                        OpenAIMessage.tool(asked.toolCalls().get(0).id(), "rain")));
        server.takeRequest();
        assertThat(violationsOfRequest(server.takeRequest().text())).isEmpty();
    }

    @Test
    void theComparisonSeesWhatIsWrong() throws Exception {
        assertThat(violationsOfRequest("{\"model\":\"m\",\"messages\":[]}")).isNotEmpty();
        assertThat(violationsOfRequest("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}"))
                .isNotEmpty();
        assertThat(violationsOfRequest(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":\"2\"}"))
                .isNotEmpty();
    }

    @Test
    void aStreamThatWasPutTogetherIsAWholeAnswerOfOpenAIs() throws Exception {
        String head =
                "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"logprobs\":null,";
        server.then(to -> to.answer(
                200,
                Answers.event(
                                head
                                        + "\"delta\":{\"role\":\"assistant\",\"content\":\"Fi\",\"refusal\":null},\"finish_reason\":null}]}")
                        + Answers.event(head + "\"delta\":{\"content\":\"ne\"},\"finish_reason\":null}]}")
                        + Answers.event(head + "\"delta\":{},\"finish_reason\":\"stop\"}]}")
                        + Answers.done()));
        Json whole = Way.STREAMING.chat(client).result().json();
        // Nulls are not kept when pieces are put together; OpenAI's own answers have these two.
        Json choice = whole.get("choices").get(0);
        choice = choice.with("logprobs", null)
                .with("message", choice.get("message").with("refusal", null));
        whole = whole.with("choices", List.of(choice));
        assertThat(violations("CreateChatCompletionResponse", whole.toString())).isEmpty();
    }

    @Test
    void anUploadIsOneOfOpenAIs() throws Exception {
        server.then(to -> to.answer(200, "{}"));
        client.files()
                .create(
                        FileSource.of("a.jsonl", new byte[] {'{', '}'}),
                        "batch",
                        p -> p.expiresAfter(Duration.ofDays(30)));
        FormData form = FormData.of(server.takeRequest());
        Map<String, Object> expiry = Map.of(
                "anchor", form.fields().get("expires_after[anchor]"),
                "seconds", Long.valueOf(form.fields().get("expires_after[seconds]")));
        Json sent = Json.of(Map.of(
                form.fileField(),
                new String(form.file(), StandardCharsets.UTF_8),
                "purpose",
                form.fields().get("purpose"),
                "expires_after",
                expiry));
        assertThat(form.fields()).hasSize(3);
        assertThat(violations("CreateFileRequest", sent.toString())).isEmpty();
        assertThat(violations("CreateFileRequest", sent.with("purpose", 1).toString()))
                .isNotEmpty();
    }
}
