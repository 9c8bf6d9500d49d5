package dev.aikit.durable.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.durable.proof.FakeProvider;
import dev.aikit.durable.proof.FakeProvider.Fate;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same work by way of a provider's Batch API, which is a fake here. */
class ViaProviderTest {
    @TempDir
    Path folder;

    private final FakeProvider provider = new FakeProvider();
    private final OpenAI client =
            OpenAI.create(c -> c.baseURL(provider.baseUrl()).maxRetries(0));
    private BatchBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new BatchBench(folder);
        BatchBench.writeInput(bench.input, 100);
    }

    @AfterEach
    void end() {
        bench.close();
        client.close();
        provider.close();
    }

    private BatchBuilder builder() {
        return bench.builder()
                .client(client)
                .viaProvider()
                .providerFile(30, 1_000_000)
                .pollEvery(Duration.ofMillis(5));
    }

    @Test
    void theInputIsSplitAndTheResultsAreMerged() throws Exception {
        BatchStatus end = builder().build().run();

        assertThat(end.state()).isEqualTo(BatchState.DONE);
        assertThat(end.done()).isEqualTo(100);
        assertThat(provider.batches()).hasSize(4);
        assertThat(provider.worked()).hasSize(100);
        assertThat(provider.worked().get(0)).isEqualTo(Json.parse(BatchBench.line("q-0")));
        List<Json> results = bench.results();
        assertThat(BatchBench.ids(results)).hasSize(100).doesNotHaveDuplicates();
        assertThat(results.get(0).get("response").get("status_code").asInt(0)).isEqualTo(200);
        assertThat(bench.errors).doesNotExist();
    }

    @Test
    void aFileIsNeverLargerThanTheProviderTakes() throws Exception {
        int size = BatchBench.line("q-00").length() + 1;

        builder().providerFile(1_000, 10L * size).build().run();

        assertThat(provider.batches()).hasSize(10);
    }

    @Test
    void whatFailedOrWasLeftOutIsAFailureAndIsSentOnceMore() throws Exception {
        provider.fates(id -> id.equals("q-7") ? Fate.FAILURE : id.equals("q-77") ? Fate.NOTHING : Fate.RESULT);
        BatchStatus first = builder().build().run();

        assertThat(first.state()).isEqualTo(BatchState.DONE);
        assertThat(first.failed()).isEqualTo(2);
        assertThat(bench.failures())
                .extracting(line -> line.get("custom_id").asText())
                .containsExactly("q-7", "q-77");
        assertThat(bench.failures().get(1).get("error").get("code").asText()).isEqualTo("batch_completed");

        provider.fates(id -> Fate.RESULT);
        assertThat(Batch.redriveDead(bench.store)).isEqualTo(2);
        BatchStatus end = Batch.resume(bench.store)
                .client(client)
                .pollEvery(Duration.ofMillis(5))
                .build()
                .run();
        assertThat(end.state()).isEqualTo(BatchState.DONE);
        assertThat(end.failed()).isZero();
        assertThat(provider.worked()).hasSize(102);
        assertThat(BatchBench.ids(bench.results())).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aProviderThatHasEnoughForNowGetsTheRestLater() throws Exception {
        provider.mostOpen(1);

        BatchStatus end = builder().build().run();

        assertThat(end.done()).isEqualTo(100);
        assertThat(provider.worked()).hasSize(100);
        assertThat(provider.batches()).hasSizeGreaterThan(4);
    }

    @Test
    void aPausedBatchIsAskedAfterAgainAndNotBegunAgain() throws Exception {
        provider.asksUntilDone(Integer.MAX_VALUE);
        Batch first = builder().build();
        provider.whenRequests(20).thenRun(first::pause);
        assertThat(first.run().done()).isZero();

        provider.asksUntilDone(1);

        assertThat(builder().build().run().done()).isEqualTo(100);
        assertThat(provider.worked()).hasSize(100);
    }

    @Test
    void aCancelReachesTheProviderAndItsResultsSoFarAreMerged() throws Exception {
        provider.asksUntilDone(Integer.MAX_VALUE);
        provider.fates(id -> id.endsWith("0") ? Fate.RESULT : Fate.NOTHING);
        Batch batch = builder().build();
        CompletableFuture<BatchStatus> running = CompletableFuture.supplyAsync(() -> {
            try {
                return batch.run();
            } catch (Exception error) {
                throw new AssertionError(error);
            }
        });
        provider.whenRequests(20).get(60, TimeUnit.SECONDS);

        Batch.cancel(bench.store);

        BatchStatus end = running.get(60, TimeUnit.SECONDS);
        assertThat(end.state()).isEqualTo(BatchState.CANCELLED);
        assertThat(end.done()).isEqualTo(10);
        assertThat(provider.batches())
                .allMatch(each -> each.get("status").asText().equals("cancelled"));
        assertThat(bench.failures()).hasSize(90);
    }

    @Test
    void aProviderWithoutBatchesIsAnErrorThatCanBeResumed() throws Exception {
        provider.status(404);
        assertThatThrownBy(() -> builder().build().run()).hasMessageContaining("the provider does not take the batch");

        provider.status(401);
        BatchStatus refused = builder().build().run();
        assertThat(refused.state()).isEqualTo(BatchState.OPEN);
        assertThat(refused.trouble()).contains("401");

        provider.status(0);
        assertThat(builder().build().run().done()).isEqualTo(100);
    }

    @Test
    void aProviderTakesOneEndpointOnly() throws Exception {
        Files.writeString(
                bench.input, BatchBench.line("a") + "\n{\"custom_id\":\"b\",\"url\":\"/v1/embeddings\",\"body\":{}}\n");

        assertThatThrownBy(() -> builder().build().run()).hasMessageContaining("one url for all requests");
    }
}
