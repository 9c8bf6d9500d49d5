package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.aikit.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsTest {
    private static LocalServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = LocalServer.start();
        client = new TestClient(server.baseURL());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestClient.Answer create(Object input, Map<String, ?> more) {
        Json body = Json.of(Map.of("model", "all-minilm-l6-v2", "input", input));
        for (Map.Entry<String, ?> field : more.entrySet()) body = body.with(field.getKey(), field.getValue());
        return client.send("POST", "/embeddings", body.toString());
    }

    private static float[] vector(String text) {
        return vector(create(text, Map.of()).json().get("data").get(0).get("embedding"));
    }

    private static float[] vector(Json numbers) {
        float[] vector = new float[numbers.items().size()];
        for (int i = 0; i < vector.length; i++)
            vector[i] = (float) numbers.get(i).asDouble(Double.NaN);
        return vector;
    }

    private static double cosine(String a, String b) {
        float[] x = vector(a);
        float[] y = vector(b);
        double product = 0;
        for (int i = 0; i < x.length; i++) product += x[i] * y[i];
        return product;
    }

    @Test
    void givesAVectorOfLengthOneForEachText() {
        Json answer = create(List.of("first", "second text"), Map.of()).json();

        assertThat(answer.get("object").asText()).isEqualTo("list");
        assertThat(answer.get("model").asText()).isEqualTo("all-minilm-l6-v2");
        assertThat(answer.get("data").items()).hasSize(2).allSatisfy(item -> {
            assertThat(item.get("object").asText()).isEqualTo("embedding");
            float[] vector = vector(item.get("embedding"));
            assertThat(vector).hasSize(384);
            double squares = 0;
            for (float number : vector) squares += number * number;
            assertThat(squares).isCloseTo(1, offset(1e-4));
        });
        assertThat(answer.get("data").map(item -> item.get("index").asInt(-1))).containsExactly(0, 1);
        assertThat(answer.get("usage").get("prompt_tokens").asInt(-1)).isEqualTo(3);
        assertThat(answer.get("usage").get("total_tokens").asInt(-1)).isEqualTo(3);
    }

    @Test
    void givesTheSameNumbersInBase64() {
        String base64 = create("the same text", Map.of("encoding_format", "base64"))
                .json()
                .get("data")
                .get(0)
                .get("embedding")
                .asText();

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] decoded = new float[384];
        bytes.asFloatBuffer().get(decoded);
        assertThat(decoded).containsExactly(vector("the same text"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A man is playing the guitar.   | Somebody makes music on a string instrument. | The stock market fell by two percent.",
                "How do I stop a running call?  | Cancelling a request that is in progress.    | A recipe for apple pie with cinnamon.",
                "The cat sleeps on the sofa.    | A kitten naps on the couch.                  | The server answered with status 500.",
            })
    void bringsRelatedTextsNearerThanUnrelatedOnes(String text, String related, String unrelated) {
        assertThat(cosine(text, related)).isGreaterThan(cosine(text, unrelated) + 0.2);
    }

    /** As measured with another implementation (langchain4j's, with the tokenizer of Hugging Face) on the same weights. */
    @Test
    void givesTheCosinesOfTheReference() {
        String text = "That is a happy person";

        assertThat(cosine(text, "That is a very happy person")).isCloseTo(0.933, offset(0.01));
        assertThat(cosine(text, "That is a happy dog")).isCloseTo(0.689, offset(0.01));
        assertThat(cosine(text, "Today is a sunny day")).isCloseTo(0.269, offset(0.01));
    }

    @Test
    void ignoresCaseAndAccents() {
        assertThat(vector("Crème Brûlée")).containsExactly(vector("creme brulee"));
    }

    @Test
    void readsALongTextToItsEnd() {
        String beginning = "The weather was fine that day. ".repeat(100);
        TestClient.Answer answer = create(beginning + "Quantum physics is hard. ".repeat(100), Map.of());

        assertThat(answer.json().get("usage").get("prompt_tokens").asInt(0)).isEqualTo(700 + 500);
        assertThat(vector(answer.json().get("data").get(0).get("embedding"))).isNotEqualTo(vector(beginning));
        assertThat(cosine(beginning + "Quantum physics is hard. ".repeat(100), "quantum physics"))
                .isGreaterThan(cosine(beginning, "quantum physics") + 0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"all-minilm-l6-v2\"}                                               | input",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":\"\"}                                | input",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":[]}                                  | input",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":[\"a\",\"\"]}                        | input[1]",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":[1,2,3]}                             | input[0]",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":[[1,2],[3]]}                         | input[0]",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":{\"a\":1}}                           | input",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":\"a\",\"dimensions\":256}            | dimensions",
                "{\"model\":\"all-minilm-l6-v2\",\"input\":\"a\",\"encoding_format\":\"hex\"}   | encoding_format",
                "{\"input\":\"a\"}                                                              | model",
                "{\"model\":7,\"input\":\"a\"}                                                  | model",
            })
    void namesTheFieldThatIsWrong(String body, String field) {
        TestClient.Answer answer = client.send("POST", "/embeddings", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("error").get("param").asText()).isEqualTo(field);
        assertThat(answer.json().get("error").get("message").asText())
                .containsPattern("must|is required")
                .contains("'" + field + "'");
    }

    @Test
    void acceptsTheDimensionsThatItHas() {
        assertThat(create("a", Map.of("dimensions", 384)).status()).isEqualTo(200);
    }
}
