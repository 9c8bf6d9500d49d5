package dev.aikit.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.Vector;
import dev.aikit.json.Json;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as vectors. */
class EmbeddingsTest extends KeyedServerTest {
    private static final String ONE = "\"AACAPwAAAEA=\""; // 1 and 2
    private static final String MODEL = "text-embedding-3-small";

    EmbeddingsTest() {
        super(c -> c.maxRetries(0));
    }

    private void answer(String... data) {
        server.then(to -> to.answer(
                200,
                "{\"object\":\"list\",\"model\":\"m-1\",\"data\":[" + String.join(",", data)
                        + "],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}"));
    }

    private static String item(int index, String vector) {
        return "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + vector + "}";
    }

    private Json sent() {
        return Json.parse(server.takeRequest().text());
    }

    @Test
    void oneTextIsAskedForInBase64() {
        answer(item(0, ONE));

        OpenAIEmbeddingsResult result = client.embeddings().create("Hello", MODEL);

        assertThat(result.success()).isTrue();
        assertThat(result.vector()).isEqualTo(Vector.of(1, 2));
        assertThat(result.model()).isEqualTo("m-1");
        assertThat(result.usage().promptTokens()).isEqualTo(5);
        assertThat(result.embedding().object()).isEqualTo("embedding");
        assertThat(sent())
                .isEqualTo(
                        Json.parse("{\"input\":\"Hello\",\"model\":\"" + MODEL + "\",\"encoding_format\":\"base64\"}"));
    }

    @Test
    void theFunctionIsEmbeddings() {
        answer(item(0, ONE));
        client.embeddings().create("Hello", MODEL);
        var request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/embeddings");
    }

    @Test
    void severalTextsComeInTheirOrderHoweverTheServerOrdersThem() {
        answer(item(2, "[3]"), item(0, "[1]"), item(1, "\"AAAAQA==\""));

        OpenAIEmbeddingsResult result = client.embeddings().create(List.of("a", "b", "c"), MODEL);

        assertThat(result.vectors()).containsExactly(Vector.of(1), Vector.of(2), Vector.of(3));
        assertThat(result.embeddings()).extracting(OpenAIEmbedding::index).containsExactly(0, 1, 2);
        assertThat(sent().get("input")).isEqualTo(Json.of(List.of("a", "b", "c")));
    }

    @Test
    void floatsAreReadWhereAServerSendsThem() {
        answer(item(0, "[0.25,-1e3,3]"));
        assertThat(client.embeddings().create("x", MODEL).vector()).isEqualTo(Vector.of(0.25f, -1000, 3));
    }

    @Test
    void aServerThatNumbersNothingIsTakenByItsOrder() {
        answer("{\"embedding\":[1]}", "{\"embedding\":[2]}");
        assertThat(client.embeddings().create(List.of("a", "b"), MODEL).embeddings())
                .containsExactly(
                        new OpenAIEmbedding(0, Vector.of(1), "embedding"),
                        new OpenAIEmbedding(1, Vector.of(2), "embedding"));
    }

    @Test
    void parametersAreSent() {
        answer(item(0, "[1]"));
        client.embeddings()
                .create(
                        "x",
                        MODEL,
                        p -> p.dimensions(256).encodingFormat("float").user("ann"));
        assertThat(sent())
                .isEqualTo(Json.parse("{\"input\":\"x\",\"model\":\"" + MODEL
                        + "\",\"encoding_format\":\"float\",\"dimensions\":256,\"user\":\"ann\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"no base64\"",
                "\"AAA=\"",
                "null",
                "7",
                "{}",
                "[1,null]",
                "[1,\"2\"]",
            })
    void aVectorThatCannotBeReadMakesTheResultAFailure(String bad) {
        answer(item(0, ONE), item(1, bad));

        OpenAIEmbeddingsResult result = client.embeddings().create(List.of("a", "b"), MODEL);

        assertThat(result.success()).isFalse();
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(result.errors().get(0).message()).contains("place 1");
    }

    /** Vectors of one length, of several, numbers after base64, base64 without padding. */
    @ParameterizedTest
    @ValueSource(strings = {"\"AAAAQAAAQEA=\"", "\"AABAQA==\"", "[2,3]", "\"AABAQA\"", "\"AAAAQAAAQEB=\""})
    void whatCameIsTheAnswerWhateverWasReadOfIt(String second) {
        String body =
                "{\"object\" : \"list\",\n\"data\":[" + item(0, ONE) + ", " + item(1, second) + "],\"model\":\"ü\"}";
        server.then(to -> to.answer(200, body));

        OpenAIEmbeddingsResult result = client.embeddings().create(List.of("a", "b"), MODEL);

        assertThat(result.errors()).isEmpty();
        assertThat(result.vectors().get(0)).isEqualTo(Vector.of(1, 2));
        assertThat(result.vectors().get(1).get(0)).isIn(2f, 3f);
        assertThat(result.response().text()).isEqualTo(body);
        assertThat(result.response().body()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
        assertThat(result.response().json()).isEqualTo(Json.parse(body));
        assertThat(result.json()).isEqualTo(Json.parse(body));
        assertThat(result.json().toString()).isEqualTo(body);
        assertThat(result.response().toString()).contains(body.getBytes(StandardCharsets.UTF_8).length + " bytes");
    }

    @Test
    void anAnswerThatIsCutWithinAVectorIsThereAsFarAsItCame() {
        String part = "{\"data\":[" + item(0, ONE) + ",{\"embedding\":\"AAAA";
        server.then(to -> to.head(200, "content-length: 1000").raw(part).close());

        OpenAIEmbeddingsResult result = client.embeddings().create(List.of("a", "b"), MODEL);

        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(result.response().text()).isEqualTo(part);
    }

    @Test
    void vectorsAreNoMoreThanAnAnswerMayBe() {
        String body = "{\"data\":[" + item(0, ONE) + "," + item(1, ONE) + "]}";
        server.otherwise(to -> to.answer(200, body));
        for (int limit : new int[] {body.length(), body.length() - 1}) {
            try (OpenAI limited = OpenAI.create(
                    c -> c.baseURL(server.uri("/v1").toString()).apiKey("k").limits(l -> l.maxBodyBytes(limit)))) {
                OpenAIEmbeddingsResult result = limited.embeddings().create(List.of("a", "b"), MODEL);
                assertThat(result.success()).isEqualTo(limit == body.length());
                if (!result.success()) assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TOO_LARGE);
            }
        }
    }

    @Test
    void anAnswerWithoutVectorsIsAFailure() {
        server.then(to -> to.answer(200, "{\"object\":\"list\"}"));
        assertThat(client.embeddings().create("x", MODEL).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(Kind.MALFORMED));
    }

    @Test
    void afterAFailureThereAreNoVectors() {
        server.then(to -> to.answer(400, "{\"error\":{\"message\":\"no such model\"}}"));

        OpenAIEmbeddingsResult result = client.embeddings().create("x", "?");

        assertThat(result.errors().get(0).message()).isEqualTo("no such model");
        assertThat(result.vectors()).isEmpty();
        assertThat(result.model()).isEmpty();
        assertThatThrownBy(result::vector).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void withACallbackItDoesNotWait() throws Exception {
        answer(item(0, ONE));
        CompletableFuture<OpenAIEmbeddingsResult> heard = new CompletableFuture<>();

        OpenAICall<OpenAIEmbeddingsResult> call =
                client.embeddings().create("x", MODEL, p -> p.dimensions(2).onResponse(heard::complete));

        assertThat(Events.await(heard).vector()).isEqualTo(Vector.of(1, 2));
        assertThat(Way.ended(call)).isSameAs(heard.join());
    }

    @Test
    void parametersMadeBeforeServeManyCalls() {
        var parameters = OpenAIEmbeddingsParameters.create().dimensions(2);
        for (int i = 0; i < 2; i++) {
            answer(item(0, ONE));
            client.embeddings().create(List.of("x"), MODEL, parameters);
            assertThat(sent().get("dimensions").asInt(0)).isEqualTo(2);
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        var api = client.embeddings();
        assertThatThrownBy(() -> api.create(" ", MODEL)).hasMessageContaining("input:");
        assertThatThrownBy(() -> api.create("x", "")).hasMessageContaining("model:");
        assertThatThrownBy(() -> api.create(List.of(), MODEL)).hasMessageContaining("inputs:");
        assertThatThrownBy(() -> api.create(Arrays.asList("a", null), MODEL)).hasMessageContaining("inputs[1]:");
        assertThatThrownBy(() -> api.create("x", MODEL, p -> p.dimensions(0))).hasMessageContaining("dimensions:");
        assertThatThrownBy(() -> api.create("x", MODEL, p -> p.encodingFormat("")))
                .hasMessageContaining("encodingFormat:");
    }
}
