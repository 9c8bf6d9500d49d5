package dev.aikit.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.json.Json;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches at a provider, which is a fake here. */
class BatchesTest {
    private static final String BATCH = "{\"id\":\"batch_1\",\"object\":\"batch\",\"endpoint\":\"/v1/embeddings\","
            + "\"errors\":{\"object\":\"list\",\"data\":[{\"code\":\"bad\",\"message\":\"no\",\"line\":3}]},"
            + "\"input_file_id\":\"file-in\",\"status\":\"completed\",\"output_file_id\":\"file-out\","
            + "\"error_file_id\":null,\"created_at\":7,\"expires_at\":8,"
            + "\"request_counts\":{\"total\":5,\"completed\":4,\"failed\":1},"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":2},\"metadata\":{\"job\":\"nightly\"}}";

    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = Way.client(server, c -> c.maxRetries(0));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private String asked() {
        ReceivedRequest request = server.takeRequest();
        return request.method() + " " + request.target() + " " + request.text();
    }

    @Test
    void aBatchIsBegun() {
        server.then(to -> to.answer(200, BATCH));

        OpenAIBatch batch =
                client.batches().create("file-in", "/v1/embeddings").orThrow().batch();

        assertThat(asked())
                .isEqualTo("POST /v1/batches {\"input_file_id\":\"file-in\",\"endpoint\":\"/v1/embeddings\","
                        + "\"completion_window\":\"24h\"}");
        assertThat(batch.id()).isEqualTo("batch_1");
        assertThat(batch.status()).isEqualTo("completed");
        assertThat(batch.isEnded()).isTrue();
        assertThat(batch.endpoint()).isEqualTo("/v1/embeddings");
        assertThat(batch.inputFileId()).isEqualTo("file-in");
        assertThat(batch.outputFileId()).isEqualTo("file-out");
        assertThat(batch.errorFileId()).isEmpty();
        assertThat(batch.errors())
                .hasSize(1)
                .allMatch(flaw -> flaw.line() == 3 && flaw.code().equals("bad"));
        assertThat(batch.errors().get(0).message()).isEqualTo("no");
        assertThat(batch.totalRequests()).isEqualTo(5);
        assertThat(batch.completedRequests()).isEqualTo(4);
        assertThat(batch.failedRequests()).isEqualTo(1);
        assertThat(batch.createdAt()).isEqualTo(7);
        assertThat(batch.expiresAt()).isEqualTo(8);
        assertThat(batch.usage().inputTokens()).isEqualTo(9);
        assertThat(batch.metadata()).containsExactly(Map.entry("job", "nightly"));
        assertThat(batch).hasToString("batch_1 completed");
    }

    @Test
    void itsParametersAreSent() {
        server.then(to -> to.answer(200, BATCH));

        client.batches()
                .create(
                        "f",
                        "/v1/responses",
                        p -> p.metadata(Map.of("job", "nightly"))
                                .completionWindow("1h")
                                .outputExpiresAfter(Duration.ofHours(2)));

        Json sent = Json.parse(server.takeRequest().text());
        assertThat(sent.get("metadata")).isEqualTo(Json.parse("{\"job\":\"nightly\"}"));
        assertThat(sent.get("completion_window").asText()).isEqualTo("1h");
        assertThat(sent.get("output_expires_after"))
                .isEqualTo(Json.parse("{\"anchor\":\"created_at\",\"seconds\":7200}"));
    }

    @Test
    void aBatchIsRetrievedAndCancelled() {
        server.then(to -> to.answer(200, BATCH.replace("completed\",\"out", "in_progress\",\"out")))
                .then(to -> to.answer(200, BATCH.replace("completed\",\"out", "cancelling\",\"out")));

        assertThat(client.batches().retrieve("batch_1").batch().isEnded()).isFalse();
        assertThat(client.batches().cancel("batch_1").batch().status()).isEqualTo("cancelling");

        assertThat(asked()).isEqualTo("GET /v1/batches/batch_1 ");
        assertThat(asked()).isEqualTo("POST /v1/batches/batch_1/cancel ");
    }

    @Test
    void theListGoesOnFromPageToPage() {
        server.then(to -> to.answer(200, "{\"data\":[" + BATCH + "],\"has_more\":true,\"last_id\":\"batch_1\"}"))
                .then(to -> to.answer(200, "{\"data\":[{\"id\":\"batch_2\"}],\"has_more\":false}"));

        assertThat(client.batches().list(p -> p.limit(1).after("batch_0")).all().map(OpenAIBatch::id))
                .containsExactly("batch_1", "batch_2");

        assertThat(asked()).isEqualTo("GET /v1/batches?limit=1&after=batch_0 ");
        assertThat(asked()).isEqualTo("GET /v1/batches?limit=1&after=batch_1 ");
    }

    @Test
    void aFailureIsAResultAndItsBatchAnEmptyOne() throws Exception {
        server.then(to -> to.answer(404, Answers.error("no such batch")));
        CompletableFuture<OpenAIBatchResult> came = new CompletableFuture<>();

        client.batches().retrieve("batch_9", p -> p.formula(came::complete));

        OpenAIBatchResult result = came.get(60, TimeUnit.SECONDS);
        assertThat(result.success()).isFalse();
        assertThat(result.batch().id()).isEmpty();
        assertThat(result.batch().errors()).isEmpty();
        assertThatThrownBy(result::orThrow).hasMessageContaining("no such batch");
    }

    @Test
    void mistakesAreNamedBeforeAnythingIsSent() {
        assertThatThrownBy(() -> client.batches().create(" ", "/v1/embeddings")).hasMessageStartingWith("inputFileId");
        assertThatThrownBy(() -> client.batches().create("f", "")).hasMessageStartingWith("endpoint");
        assertThatThrownBy(() -> client.batches().retrieve("../files")).hasMessageStartingWith("batchId");
        assertThatThrownBy(() -> client.batches().list(p -> p.limit(0))).hasMessageStartingWith("limit");
    }
}
