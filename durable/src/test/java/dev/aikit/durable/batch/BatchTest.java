package dev.aikit.durable.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.proof.ModelServer.Reply;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
    @TempDir
    Path folder;

    private BatchBench bench;

    @BeforeEach
    void begin() {
        bench = new BatchBench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void everyRequestHasOneResultInTheFormatOfTheBatchAPI() throws Exception {
        BatchBench.writeInput(bench.input, 300);

        BatchStatus status = bench.builder().build().run();

        assertThat(status.state()).isEqualTo(BatchState.DONE);
        assertThat(status.total()).isEqualTo(300);
        assertThat(status.done()).isEqualTo(300);
        assertThat(status.failed()).isZero();
        List<Json> results = bench.results();
        assertThat(results).hasSize(300);
        assertThat(BatchBench.ids(results)).doesNotHaveDuplicates();
        for (Json line : results) {
            assertThat(line.get("id").asText()).startsWith("batch_req_");
            assertThat(line.get("error").isNull()).isTrue();
            assertThat(line.get("response").get("status_code").asInt(0)).isEqualTo(200);
            assertThat(text(line))
                    .isEqualTo("answer to " + line.get("custom_id").asText());
        }
        assertThat(bench.errors).doesNotExist();
        assertThat(bench.server.requests()).isEqualTo(300);
    }

    private static String text(Json line) {
        return line.get("response")
                .get("body")
                .get("choices")
                .get(0)
                .get("message")
                .get("content")
                .asText();
    }

    @Test
    void failuresAreApartWithTheAnswerAndTheReason() throws Exception {
        bench.server.rule((key, time) -> key.equals("q-3") ? Reply.error(400) : Reply.ok("yes"));
        BatchBench.writeInput(bench.input, 5);

        BatchStatus status = bench.builder().build().run();

        assertThat(status.state()).isEqualTo(BatchState.DONE);
        assertThat(status.failed()).isEqualTo(1);
        assertThat(BatchBench.ids(bench.results())).containsExactlyInAnyOrder("q-0", "q-1", "q-2", "q-4");
        Json failure = bench.failures().get(0);
        assertThat(failure.get("custom_id").asText()).isEqualTo("q-3");
        assertThat(failure.get("response").get("status_code").asInt(0)).isEqualTo(400);
        assertThat(failure.get("response").get("body").get("error").get("code").asText())
                .isEqualTo("e400");
        assertThat(failure.get("error").get("code").asText()).isEqualTo("http");
        assertThat(failure.get("error").get("message").asText()).contains("no, said the fake");
    }

    @Test
    void theDeadAreTriedAgainAndLeaveTheFileOfFailures() throws Exception {
        bench.server.rule((key, time) -> key.equals("q-3") && time == 1 ? Reply.error(400) : Reply.ok("yes"));
        BatchBench.writeInput(bench.input, 5);
        bench.builder().build().run();

        assertThat(Batch.redriveDead(bench.store)).isEqualTo(1);
        assertThat(Batch.status(bench.store).state()).isEqualTo(BatchState.OPEN);
        BatchStatus status =
                Batch.resume(bench.store).client(bench.client).build().run();

        assertThat(status.failed()).isZero();
        assertThat(BatchBench.ids(bench.results())).hasSize(5).endsWith("q-3");
        assertThat(bench.errors).doesNotExist();
        assertThat(bench.server.requests()).isEqualTo(6);
    }

    @Test
    void whatTheServerCannotDoNowIsTriedAgain() throws Exception {
        bench.server.rule((key, time) -> time < 3 ? Reply.error(500) : Reply.ok("yes"));
        BatchBench.writeInput(bench.input, 5);

        BatchStatus status = bench.builder().build().run();

        assertThat(status.done()).isEqualTo(5);
        assertThat(bench.server.requests()).isEqualTo(15);
    }

    @Test
    void aRefusedKeyPausesTheBatchAtOnce() throws Exception {
        bench.server.rule((key, time) -> Reply.error(401));
        BatchBench.writeInput(bench.input, 1_000);

        BatchStatus status = bench.builder().maxInFlight(4).build().run();

        assertThat(status.state()).isEqualTo(BatchState.OPEN);
        assertThat(status.trouble()).contains("401");
        assertThat(bench.server.requests()).isLessThan(1_000);
        bench.server.rule((key, time) -> Reply.ok("yes"));
        Batch.redriveDead(bench.store);
        assertThat(bench.builder().build().run().done()).isEqualTo(1_000);
    }

    @Test
    void aPausedBatchGoesOnWhereItWas() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            if (key.equals("q-20") && time == 1) never.await();
            return Reply.ok("yes");
        });
        BatchBench.writeInput(bench.input, 40);
        Batch first = bench.builder().maxInFlight(2).build();
        bench.server.whenRequests(30).thenRun(first::pause);

        BatchStatus paused = first.run();

        assertThat(paused.state()).isEqualTo(BatchState.OPEN);
        assertThat(paused.done()).isBetween(20L, 39L).isEqualTo(bench.results().size());
        assertThat(Batch.status(bench.store).done()).isEqualTo(paused.done());
        BatchStatus end = Batch.resume(bench.store).client(bench.client).build().run();
        assertThat(end.state()).isEqualTo(BatchState.DONE);
        assertThat(BatchBench.ids(bench.results())).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aBatchIsCancelledByAnotherHand() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            if (!key.equals("q-0")) never.await();
            return Reply.ok("yes");
        });
        BatchBench.writeInput(bench.input, 10);
        Batch batch = bench.builder().maxInFlight(3).build();
        CompletableFuture<BatchStatus> running = CompletableFuture.supplyAsync(() -> {
            try {
                return batch.run();
            } catch (Exception error) {
                throw new AssertionError(error);
            }
        });
        bench.server.whenRequests(4).get(60, TimeUnit.SECONDS);

        Batch.cancel(bench.store);

        BatchStatus end = running.get(60, TimeUnit.SECONDS);
        assertThat(end.state()).isEqualTo(BatchState.CANCELLED);
        assertThat(BatchBench.ids(bench.results())).containsExactly("q-0");
        assertThat(bench.failures())
                .hasSize(9)
                .allMatch(line -> line.get("error").get("code").asText().equals("cancelled"));
        assertThat(bench.builder().build().run().state()).isEqualTo(BatchState.CANCELLED);
        assertThat(bench.server.requests()).isEqualTo(4);
        assertThatThrownBy(() -> Batch.redriveDead(bench.store)).hasMessageContaining("cancelled");
    }

    @Test
    void oneProcessWorksOnABatchAtATime() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            gate.await();
            return Reply.ok("yes");
        });
        BatchBench.writeInput(bench.input, 1);
        BlockingQueue<BatchStatus> heard = new LinkedBlockingQueue<>();
        Batch first = bench.builder().onProgress(heard::add).build();
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                first.run();
            } catch (Exception error) {
                throw new AssertionError(error);
            }
        });
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isNotNull();

        assertThatThrownBy(() -> bench.builder().build().run()).hasMessageContaining("another process works on");
        assertThat(Batch.isRunning(bench.output)).isTrue();

        gate.countDown();
        running.get(60, TimeUnit.SECONDS);
    }

    @Test
    void progressComesToItsEndWithTokens() throws Exception {
        bench.server.rule((key, time) -> {
            Json answer = Json.parse(Reply.ok("yes").body())
                    .with("usage", Map.of("prompt_tokens", 7, "completion_tokens", 2));
            return new Reply(200, Map.of(), answer.toString());
        });
        BatchBench.writeInput(bench.input, 50);
        BlockingQueue<BatchStatus> heard = new LinkedBlockingQueue<>();

        BatchStatus end = bench.builder().onProgress(heard::add).build().run();

        assertThat(end.inputTokens()).isEqualTo(350);
        assertThat(end.outputTokens()).isEqualTo(100);
        assertThat(heard).extracting(BatchStatus::done).isSorted().last().isEqualTo(50L);
    }

    @Test
    void anInputThatWasChangedIsNotGoneOnWith() throws Exception {
        bench.server.rule((key, time) -> Reply.error(400));
        BatchBench.writeInput(bench.input, 3);
        bench.builder().build().run();
        BatchBench.writeInput(bench.input, 4);

        assertThatThrownBy(() -> bench.builder().build().run()).hasMessageContaining("was changed since");
    }

    @Test
    void anOutputThatIsThereIsNotTouched() throws Exception {
        BatchBench.writeInput(bench.input, 3);
        Files.writeString(bench.output, "precious\n");

        assertThatThrownBy(() -> bench.builder().build().run()).hasMessageContaining("is there already");

        assertThat(bench.output).hasContent("precious");
        assertThat(bench.server.requests()).isZero();
    }

    @Test
    void anOutputThatLostResultsIsNotGoneOnWith() throws Exception {
        bench.server.rule((key, time) -> key.equals("q-2") ? Reply.error(400) : Reply.ok("yes"));
        BatchBench.writeInput(bench.input, 3);
        bench.builder().build().run();
        Batch.redriveDead(bench.store);
        Files.writeString(bench.output, "");

        assertThatThrownBy(() -> bench.builder().build().run()).hasMessageContaining("shorter than what was written");
    }

    @Test
    void theStoreCanBeInspectedBeside() throws Exception {
        bench.server.rule((key, time) -> Reply.error(400));
        BatchBench.writeInput(bench.input, 3);
        bench.builder().build().run();

        try (DurableWorker worker = bench.store.inspect()) {
            var dead = worker.list(DurableState.DEAD, 2);
            assertThat(dead).hasSize(2);
            assertThat(dead.get(0).kind()).isEqualTo("HTTP");
            assertThat(worker.list(DurableState.DEAD, dead.get(1), 5)).hasSize(1);
            assertThatThrownBy(() -> worker.call("key", "name")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
