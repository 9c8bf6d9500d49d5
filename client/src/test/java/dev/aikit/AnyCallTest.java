package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of what has no function of its own. */
class AnyCallTest extends KeyedServerTest {
    record Input(String model, List<String> input) {}

    record Vector(int index, List<Double> embedding) {}

    record Vectors(List<Vector> data) {}

    record Delta(String type, String delta) {}

    AnyCallTest() {
        super(c -> c.maxRetries(0));
    }

    @Test
    void takesARecordAMapOrTextAndWaits() {
        server.otherwise(to -> to.answer(200, "{\"data\":[{\"index\":0,\"embedding\":[0.5,-1]}]}"));
        Input input = new Input("m", List.of("a"));
        String text = "{\"model\":\"m\",\"input\":[\"a\"]}";
        for (Object body : new Object[] {input, Map.of("model", "m", "input", List.of("a")), text, Json.of(input)}) {
            OpenAIAnyResult<Vectors> result = client.call("POST", "/embeddings", body, Vectors.class);

            assertThat(result.value()).isEqualTo(new Vectors(List.of(new Vector(0, List.of(0.5, -1.0)))));
            assertThat(result.terminated()).isTrue();
            ReceivedRequest request = server.takeRequest();
            assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/embeddings");
            assertThat(Json.parse(request.text())).isEqualTo(Json.parse(text));
        }
    }

    @Test
    void givesTheAnswerAsMapOrJsonAsWell() {
        server.otherwise(to -> to.answer(200, "{\"a\":{\"b\":[1]}}"));
        assertThat(client.call("GET", "/x", null, Map.class).value().get("a")).isEqualTo(Map.of("b", List.of(1L)));
        assertThat(client.call("get", "/x", null, Json.class)
                        .value()
                        .get("a")
                        .get("b")
                        .get(0)
                        .asInt(0))
                .isEqualTo(1);
        ReceivedRequest request = server.takeRequest();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void doesNotWaitWithACallback() throws Exception {
        server.then(to -> to.answer(200, "{\"data\":[]}"));
        List<Object> received = new CopyOnWriteArrayList<>();
        OpenAICall<OpenAIAnyResult<Vectors>> call = client.call(
                "POST",
                "/embeddings",
                Map.of("model", "m"),
                Vectors.class,
                p -> p.onResponse(r -> received.add(r.value())).field("input", "x"));
        assertThat(Way.ended(call).success()).isTrue();
        assertThat(received).containsExactly(new Vectors(List.of()));
        assertThat(Json.parse(server.takeRequest().text())).isEqualTo(Json.of(Map.of("model", "m", "input", "x")));
        assertThat(call.function()).isEqualTo("POST /embeddings");
    }

    @Test
    void streamsEventsWithOrWithoutAMarkAtTheirEnd() throws Exception {
        String pieces =
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n";
        server.then(to -> to.answer(200, pieces + "data: {\"type\":\"response.completed\",\"delta\":\"!\"}\n\n"))
                .then(to -> to.answer(200, pieces + "data: [DONE]\n\n"))
                .then(to -> to.answer(200, pieces));
        List<String> deltas = new CopyOnWriteArrayList<>();

        OpenAIAnyResult<Delta> first = Way.ended(client.call(
                "POST",
                "/responses",
                Map.of(),
                Delta.class,
                p -> p.onData(piece -> deltas.add(piece.value().delta()))));
        assertThat(first.errors()).isEmpty();
        assertThat(first.value().type()).isEqualTo("response.completed");
        assertThat(deltas).containsExactly("a", "!");
        assertThat(Json.parse(server.takeRequest().text()).get("stream").asBoolean(false))
                .isTrue();

        OpenAIAnyResult<Delta> second = client.call("POST", "/responses", Map.of(), Delta.class, p -> p.stream(true));
        assertThat(second.errors()).isEmpty();

        OpenAIAnyResult<Delta> third = client.call("POST", "/responses", Map.of(), Delta.class, p -> p.stream(true));
        assertThat(third.errors().get(0).kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(third.json().get("delta").asText()).isEqualTo("a");
    }

    @Test
    void aFailureIsAResultLikeAnyOther() {
        server.then(to -> to.answer(404, "{\"error\":{\"message\":\"no such thing\"}}"))
                .then(to -> to.answer(200, "{\"data\":7}"))
                .then(to -> to.head(204).raw(""));
        OpenAIAnyResult<Vectors> result = client.call("DELETE", "/things/1", null, Vectors.class);
        assertThat(result.errors().get(0).message()).isEqualTo("no such thing");
        assertThat(server.takeRequest().method()).isEqualTo("DELETE");

        OpenAIAnyResult<Vectors> misfit = client.call("GET", "/x", null, Vectors.class);
        assertThat(misfit.success()).isTrue();
        assertThatThrownBy(misfit::value).isInstanceOf(JsonException.class).hasMessageContaining("Vectors.data");
        assertThat(misfit.json().get("data").asInt(0)).isEqualTo(7);

        OpenAIAnyResult<Vectors> empty = client.call("DELETE", "/things/2", null, Vectors.class);
        assertThat(empty.success()).isTrue();
        assertThatThrownBy(empty::value).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "responses", "//evil.example/x", "https://evil.example/", "/a b", "/a\\b"})
    void refusesPathsThatAreNone(String path) {
        assertThatThrownBy(() -> client.call("GET", path, null, Map.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path:");
    }

    @Test
    void refusesOtherBadArgumentsByName() {
        assertThatThrownBy(() -> client.call("GET", null, null, Map.class)).hasMessageContaining("path");
        assertThatThrownBy(() -> client.call("CONNECT", "/x", null, Map.class)).hasMessageContaining("method");
        assertThatThrownBy(() -> client.call(null, "/x", null, Map.class)).hasMessageContaining("method");
        assertThatThrownBy(() -> client.call("GET", "/x", null, null)).hasMessageContaining("type");
        assertThatThrownBy(() -> client.call("POST", "/x", "{not json", Map.class))
                .hasMessageContaining("body");
        assertThatThrownBy(() -> client.call("POST", "/x", Double.NaN, Map.class))
                .hasMessageContaining("body");
        assertThat(server.connections()).isZero();
    }

    @Test
    void theValueOfAFailureIsItsError() {
        server.then(to -> to.answer(404, "{\"error\":{\"message\":\"no such thing\"}}"))
                .then(to -> to.answer(200, "{\"data\":[]}"));
        OpenAIAnyResult<Vectors> missing = client.call("GET", "/things/1", null, Vectors.class);
        assertThatThrownBy(missing::value).isInstanceOf(OpenAIException.class).hasMessageContaining("no such thing");
        assertThatThrownBy(missing::orThrow).isInstanceOf(OpenAIException.class);

        assertThat(client.call("GET", "/x", null, Vectors.class).orThrow().value())
                .isEqualTo(new Vectors(List.of()));
    }
}
