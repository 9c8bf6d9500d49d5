package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.proof.ModelServer.Reply;
import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurableWorkerTest extends BenchTest {
    @Test
    void theCallbackComesWithTheTypedResultOfTheFunction() throws Exception {
        DurableWorker worker = bench.open(bench.builder());

        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "invoice-1");

        Bench.Came came = bench.next();
        assertThat(came.key()).isEqualTo("invoice-1");
        assertThat(came.number()).isEqualTo(1);
        assertThat(came.result().success()).isTrue();
        assertThat(came.result().terminated()).isTrue();
        assertThat(came.result().choice().message().text()).isEqualTo("answer to invoice-1");
        assertThat(came.result().request().function()).isEqualTo("chat.completions.create");
        assertThat(came.result().attempts()).hasSize(1);
        assertThat(Bench.end(call).choice().message().text()).isEqualTo("answer to invoice-1");
        assertThat(worker.find("invoice-1").orElseThrow().state()).isEqualTo(DurableState.DONE);
        assertThat(call.isDone()).isTrue();
    }

    @Test
    void aCallIsSentByTheNextWorkerIfTheFirstOneOnlyKeptIt() throws Exception {
        try (DurableWorker first = bench.builder().submitsOnly().open()) {
            bench.submit(first, "kept");
            assertThat(first.find("kept").orElseThrow().state()).isEqualTo(DurableState.READY);
        }
        assertThat(bench.server.requests()).isZero();

        bench.open(bench.builder());

        assertThat(bench.next().key()).isEqualTo("kept");
    }

    @Test
    void anAnswerThatWasKeptIsDeliveredByTheNextWorkerWithoutAnotherRequest() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        DurableWorker first = bench.bare()
                .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    entered.countDown();
                    never.await();
                })
                .open();
        bench.submit(first, "answered");
        assertThat(entered.await(Bench.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        first.close(Duration.ZERO);

        DurableWorker second = bench.open(bench.builder());

        Bench.Came came = bench.next();
        never.countDown();
        assertThat(came.key()).isEqualTo("answered");
        assertThat(came.number()).isEqualTo(2);
        assertThat(came.result().choice().message().text()).isEqualTo("answer to answered");
        assertThat(bench.server.requests("answered")).isEqualTo(1);
        StoredCall call = second.find("answered").orElseThrow();
        assertThat(call.unclearDeliveries()).isEqualTo(1);
        assertThat(call.sends()).isEqualTo(1);
    }

    @Test
    void noKeyOfTheClientIsStored() throws Exception {
        DurableWorker worker = bench.open(bench.builder());
        bench.submit(worker, "secret");
        bench.next();
        worker.close();

        for (Path file : Files.list(folder).filter(Files::isRegularFile).toList())
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("sk-secret-of-the-client");
        try (var connection = bench.database.connect()) {
            for (String table : List.of("aikit_call", "aikit_request", "aikit_answer")) {
                var rows = connection.createStatement().executeQuery("SELECT * FROM " + table);
                while (rows.next())
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                        assertThat(new String(
                                        Objects.requireNonNullElse(rows.getBytes(i), new byte[0]),
                                        StandardCharsets.ISO_8859_1))
                                .doesNotContain("sk-secret-of-the-client");
            }
        }
    }

    @Test
    void whatCannotSurviveIsRefusedWhereTheCallIsMade() {
        DurableWorker worker = bench.open(bench.builder());
        List<OpenAIMessage> hello = List.of(OpenAIMessage.user("Hello"));
        var completions = bench.client.chat().completions();
        DurableSubmission on = worker.call("refused", "note");

        assertThatThrownBy(() -> completions.create(hello, p -> p.stream(true).on(on)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream");
        assertThatThrownBy(() -> completions.create(hello, p -> p.on(on).onResponse(r -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lambda");
        assertThatThrownBy(
                        () -> completions.create(hello, p -> p.on(Runnable::run).on(on)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> completions.create(
                        hello, p -> p.extraHeader("X-Api-Key", "sk-1").on(on)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x-api-key")
                .hasMessageNotContaining("sk-1");
        assertThatThrownBy(() -> bench.client.models().list(p -> p.on(on)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenAIChatCompletionsResult")
                .hasMessageContaining("OpenAIModelListResult");
        assertThatThrownBy(() -> worker.call("key", "nte"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note");
        assertThatThrownBy(() ->
                        bench.client.chat().create("You help.", p -> p.on(on)).prompt("Hello"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be kept");
        try (OpenAI elsewhere = OpenAI.create(c -> c.baseURL("http://127.0.0.1:1/v1"))) {
            assertThatThrownBy(() -> elsewhere.chat().completions().create(hello, p -> p.on(on)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bench.server.baseUrl());
        }
        assertThat(worker.find("refused")).isEmpty();
    }

    @Test
    void cancelEndsACallThatIsBeingSent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            asked.countDown();
            over.await();
            return Reply.ok("too late");
        });
        DurableWorker worker = bench.open(bench.builder());
        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "unwanted");
        asked.await();

        assertThat(call.cancel()).isTrue();

        OpenAIChatCompletionsResult result = Bench.end(call);
        over.countDown();
        assertThat(result.errors().get(0).kind()).isEqualTo(OpenAIError.Kind.CANCELLED);
        assertThat(worker.find("unwanted").orElseThrow().state()).isEqualTo(DurableState.DEAD);
        assertThat(call.cancel()).isFalse();
        assertThat(bench.came).isEmpty();
    }

    @Test
    void callsWaitForTheirTimeAndGoByTheirPriority() throws Exception {
        java.util.concurrent.atomic.AtomicLong now = new java.util.concurrent.atomic.AtomicLong(1_000_000);
        try (DurableWorker submitter =
                bench.builder().submitsOnly().clock(now::get).open()) {
            bench.submit(submitter.call("low", "note"), "low");
            bench.submit(submitter.call("high", "note").priority(5), "high");
            bench.submit(
                    submitter.call("later", "note").priority(9).notBefore(java.time.Instant.ofEpochMilli(1_500_000)),
                    "later");
        }
        bench.open(bench.builder().maxInFlight(1).maxCallbacks(1).clock(now::get));

        assertThat(bench.next().key()).isEqualTo("high");
        assertThat(bench.next().key()).isEqualTo("low");
        assertThat(bench.server.requests("later")).isZero();
        now.set(1_500_000);
        assertThat(bench.next().key()).isEqualTo("later");
    }

    @Test
    void aResultIsRemovedWhenItsTimeIsOver() throws Exception {
        java.util.concurrent.atomic.AtomicLong now = new java.util.concurrent.atomic.AtomicLong(1_000_000);
        DurableWorker worker = bench.open(bench.builder().clock(now::get));
        Bench.end(bench.submit(worker.call("short", "note").keepResult(Duration.ofSeconds(10)), "short"));
        Bench.end(bench.submit(worker.call("long", "note"), "long"));

        now.addAndGet(11_000);
        // Looks are half a second apart; the second call of another key is written in a later group than the look.
        List<String> left = new ArrayList<>();
        while (worker.find("short").isPresent())
            left.add(Bench.end(bench.submit(worker, "n" + left.size())).toString());

        assertThat(worker.find("long")).isPresent();
    }

    @Test
    void whoWaitsHearsThatTheWorkerWasClosed() throws Exception {
        bench.server.rule((key, time) -> Reply.error(500).with("retry-after", "3600"));
        DurableWorker worker = bench.open(bench.builder());
        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "waiting");
        var future = call.future();

        worker.close(Duration.ZERO);

        assertThat(future.get(60, TimeUnit.SECONDS).errors().get(0).kind()).isEqualTo(OpenAIError.Kind.CLOSED);
        assertThatThrownBy(() -> bench.submit(worker, "after")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallbackOfAnotherTypeIsRefusedWhenItIsRegistered() {
        assertThatThrownBy(() -> bench.bare().callback("x", dev.aikit.OpenAIResult.class, (call, result) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenAIChatCompletionsResult");
        bench.bare().callback("x", OpenAIEmbeddingsResult.class, (call, result) -> {});
    }
}
