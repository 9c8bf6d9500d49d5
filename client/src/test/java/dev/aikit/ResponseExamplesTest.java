package dev.aikit;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.files.FileSource;
import dev.aikit.json.Json;
import dev.aikit.testing.Accessors;
import dev.aikit.testing.Description;
import dev.aikit.testing.Description.Example;
import dev.aikit.testing.ServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every example of an answer in OpenAI's description of its API is read over a socket without loss: by the function for it if
 * there is one, and each of its accessors says what the JSON says; else by the generic call.
 */
class ResponseExamplesTest extends ServerTest {
    /** The functions of this library, by those of the API. A new one is a line here. */
    static final Map<String, Function<OpenAI, OpenAIResult>> TYPED = Map.ofEntries(
            entry("GET /models", c -> c.models().list()),
            entry("GET /models/{model}", c -> c.models().retrieve("m")),
            entry("POST /chat/completions", c -> c.chat().completions().create(Way.QUESTION)),
            entry("GET /chat/completions", c -> c.chat().completions().list()),
            entry(
                    "GET /chat/completions/{completion_id}",
                    c -> c.chat().completions().retrieve("c")),
            entry(
                    "POST /chat/completions/{completion_id}",
                    c -> c.chat().completions().update("c", Map.of())),
            entry(
                    "DELETE /chat/completions/{completion_id}",
                    c -> c.chat().completions().delete("c")),
            entry(
                    "GET /chat/completions/{completion_id}/messages",
                    c -> c.chat().completions().messages().list("c")),
            entry("POST /embeddings", c -> c.embeddings().create("x", "m")),
            entry("POST /moderations", c -> c.moderations().create("x")),
            entry("POST /images/generations", c -> c.images().generate("x")),
            entry("GET /files", c -> c.files().list()),
            entry("POST /files", c -> c.files().create(FileSource.of("a", new byte[1]), "batch")),
            entry("GET /files/{file_id}", c -> c.files().retrieve("f")),
            entry("DELETE /files/{file_id}", c -> c.files().delete("f")));

    /** Accessors whose field has another name than they, in the form of {@link Accessors}. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            entry("OpenAIModelListResult.models", "data"),
            entry("OpenAIModelResult.model", ""),
            entry("OpenAIChatCompletionsResult.choice", "choices/0"),
            entry("OpenAIChatCompletionsStreamResult.choice", "choices/0"),
            entry("OpenAIChatCompletionsStreamResult.data", ""),
            entry("OpenAIChoice.text", "message/content"),
            entry("OpenAIMessage.text", "content"),
            entry("OpenAIToolCall.name", "function/name"),
            entry("OpenAIToolCall.arguments", "function/arguments"),
            entry("OpenAIUsage.cachedTokens", "prompt_tokens_details/cached_tokens"),
            entry("OpenAIUsage.reasoningTokens", "completion_tokens_details/reasoning_tokens"),
            entry("OpenAIUsage.acceptedPredictionTokens", "completion_tokens_details/accepted_prediction_tokens"),
            entry("OpenAIUsage.rejectedPredictionTokens", "completion_tokens_details/rejected_prediction_tokens"),
            entry("OpenAIChatCompletionsListResult.completions", "data"),
            entry("OpenAIChatCompletionsMessagesResult.messages", "data"),
            entry("OpenAIEmbeddingsResult.embedding", "data/0"),
            entry("OpenAIEmbeddingsResult.embeddings", "data"),
            entry("OpenAIEmbeddingsResult.vector", "data/0/embedding"),
            entry("OpenAIChatCompletionsListResult.items", "data"),
            entry("OpenAIChatCompletionsMessagesResult.items", "data"),
            entry("OpenAIFileListResult.items", "data"),
            entry("OpenAIFileListResult.files", "data"),
            entry("OpenAIFileResult.file", ""),
            entry("OpenAIFileDeletedResult.deleted", ""),
            entry("OpenAIImagesResult.images", "data"),
            entry("OpenAIImagesResult.image", "data/0"),
            entry("OpenAIUsage.textTokens", "input_tokens_details/text_tokens"),
            entry("OpenAIUsage.imageTokens", "input_tokens_details/image_tokens"),
            entry("OpenAIModerationResult.moderation", ""),
            entry("OpenAIModeration.item", "results/0"),
            entry("OpenAIModerationItem.categoryScore", "category_scores"));

    /** Accessors that no example has a field for; other tests are about them. */
    private static final Set<String> IN_NO_EXAMPLE = Set.of(
            "OpenAIEmbeddingsResult.vectors", // of all embeddings, which are compared
            "OpenAIFile.status", // no longer of OpenAI
            "OpenAIFile.statusDetails",
            "OpenAIImage.revisedPrompt", // of older models
            "OpenAIImage.url",
            "OpenAIMessage.reasoning", // of other servers
            "OpenAIMessage.refusal",
            "OpenAIMessage.toolCallId",
            "OpenAIMessage.user",
            "OpenAIUsage.audioTokens"); // the sum of two fields

    ResponseExamplesTest() {
        super(c -> c.maxRetries(0));
    }

    private final Accessors accessors = new Accessors(ELSEWHERE);
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> losses = new ArrayList<>();

    @Test
    void everyExampleIsReadWithoutLoss() throws Exception {
        Set<String> met = new TreeSet<>();
        for (Example example : Description.examples()) {
            if (example.response().isEmpty()) continue;
            if (TYPED.containsKey(example.function()) && !example.isStream()) met.add(example.function());
            try {
                read(example);
            } catch (Exception | AssertionError error) {
                losses.add(example + ": " + error);
            }
        }
        System.out.println("Examples of answers: " + counts + "; accessors compared: "
                + accessors.compared().size());
        assertThat(losses).isEmpty();
        assertThat(accessors.differences()).isEmpty();
        assertThat(met).as("functions that have examples").isEqualTo(new TreeSet<>(TYPED.keySet()));
        assertThat(accessors.never())
                .as("accessors that no example is compared with: see IN_NO_EXAMPLE and ELSEWHERE")
                .isEqualTo(new TreeSet<>(IN_NO_EXAMPLE));
        assertThat(counts.values().stream().mapToInt(n -> n).sum()).isGreaterThan(300);
    }

    private void read(Example example) throws Exception {
        String response = example.response();
        List<String> lines = Description.lines(response);
        if (example.isStream()) stream(example);
        else if (Description.isJson(response)) whole(example, response, "as they are");
        else if (lines.size() > 1) chatStream(lines);
        else somethingElse(example, response);
    }

    /** The description's slips arrive at the caller as they were sent; mended, the example is read like any other. */
    private void somethingElse(Example example, String response) throws Exception {
        server.then(to -> to.answer(200, response));
        OpenAIResult result = call(example);
        assertThat(result.success()).isFalse();
        assertThat(result.response().text()).isEqualTo(response);
        String mended = Description.mended(response);
        if (mended.isEmpty()) count("not JSON at all, kept as they came");
        else whole(example, mended, "mended");
    }

    private void whole(Example example, String body, String how) throws Exception {
        server.then(to -> to.answer(200, body, "content-type: application/json"));
        OpenAIResult result = call(example);
        Json expected = Json.parse(body);
        assertThat(result.errors()).isEmpty();
        assertThat(result.json()).isEqualTo(expected);
        assertSame(Description.tree(body), result.json().toJava());
        if (result instanceof OpenAIAnyResult<?> any) assertThat(any.value()).isEqualTo(expected);
        else accessors.compare(result, expected);
        count((result instanceof OpenAIAnyResult ? "generic, " : "typed, ") + how);
    }

    private OpenAIResult call(Example example) {
        Function<OpenAI, OpenAIResult> function = TYPED.get(example.function());
        if (function != null) return function.apply(client);
        Object body = example.method().equals("POST") ? Map.of() : null;
        return client.call(example.method(), path(example), body, Json.class);
    }

    private static String path(Example example) {
        return example.path().replaceAll("[{}]", "");
    }

    private void chatStream(List<String> pieces) throws Exception {
        StringBuilder events = new StringBuilder();
        pieces.forEach(piece -> events.append(Answers.event(piece)));
        server.then(to -> to.answer(200, events + Answers.done(), "content-type: text/event-stream"));
        Way.Seen whole = Way.STREAMING.chat(client);
        List<OpenAIChatCompletionsStreamResult> seen = whole.pieces();
        assertThat(seen).hasSameSizeAs(pieces);
        for (int i = 0; i < seen.size(); i++) accessors.compare(seen.get(i), Json.parse(pieces.get(i)));
        assertThat(whole.text())
                .isEqualTo(seen.stream().map(piece -> piece.choice().text()).collect(joining()))
                .isNotEmpty();
        for (String field : List.of("id", "created", "model", "system_fingerprint"))
            assertThat(whole.result().json().get(field))
                    .isEqualTo(seen.get(0).data().get(field));
        count("typed, streams");
    }

    private void stream(Example example) throws Exception {
        List<String> names = new ArrayList<>();
        List<Json> expected = new ArrayList<>();
        String name = "";
        StringBuilder events = new StringBuilder();
        for (String line : example.response().lines().toList()) {
            boolean isData = line.startsWith("data: {");
            String data = isData ? line.substring(6) : "";
            if (isData && !Description.isJson(data)) data = Description.mended(data); // a bracket too many
            if (line.startsWith("event: ")) name = line.substring(7);
            if (line.isEmpty()) name = "";
            events.append(isData ? "data: " + data : line).append('\n');
            if (!isData) continue;
            names.add(name);
            expected.add(Json.parse(data));
        }
        server.then(to -> to.answer(200, events + "\n\n", "content-type: text/event-stream"));
        List<OpenAIAnyResult<Json>> seen = new CopyOnWriteArrayList<>();
        OpenAIAnyResult<Json> result =
                Way.ended(client.call(example.method(), path(example), Map.of(), Json.class, p -> p.onData(seen::add)));
        assertThat(result.errors()).isEmpty();
        assertThat(seen).extracting(OpenAIAnyResult::value).isEqualTo(expected);
        assertThat(seen).extracting(OpenAIAnyResult::event).isEqualTo(names);
        assertThat(result.value()).isEqualTo(expected.get(expected.size() - 1));
        count("generic, streams");
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Compares with what another reader made of the same text, digit by digit. */
    private static void assertSame(JsonNode node, Object plain) {
        if (node.isNumber()) {
            assertThat(new BigDecimal(plain.toString())).isEqualByComparingTo(node.decimalValue());
        } else if (node.isArray()) {
            assertThat((List<?>) plain).hasSize(node.size());
            for (int i = 0; i < node.size(); i++) assertSame(node.get(i), ((List<?>) plain).get(i));
        } else if (node.isObject()) {
            Map<?, ?> map = (Map<?, ?>) plain;
            assertThat(new ArrayList<Object>(map.keySet())).isEqualTo(List.copyOf(node.propertyNames()));
            Iterator<?> values = map.values().iterator();
            for (JsonNode value : node.values()) assertSame(value, values.next());
        } else {
            assertThat(String.valueOf(plain)).isEqualTo(node.isNull() ? "null" : node.asString());
        }
    }
}
