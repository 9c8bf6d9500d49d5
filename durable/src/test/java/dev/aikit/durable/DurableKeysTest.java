package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.proof.ModelServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DurableKeysTest extends BenchTest {
    @Test
    void theSameCallSubmittedTenTimesAtOnceIsOneCall() throws Exception {
        DurableWorker worker = bench.open(bench.builder());
        CountDownLatch together = new CountDownLatch(10);
        ExecutorService threads = Executors.newFixedThreadPool(10);
        List<Future<DurableCall<OpenAIChatCompletionsResult>>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++)
            calls.add(threads.submit(() -> {
                together.countDown();
                together.await();
                return bench.submit(worker, "one");
            }));

        for (var call : calls)
            assertThat(Bench.end(call.get()).choice().message().text()).isEqualTo("answer to one");

        threads.shutdown();
        assertThat(bench.server.requests("one")).isEqualTo(1);
        assertThat(bench.came).hasSize(1);
    }

    @Test
    void aKeyThatBelongsToAnotherCallIsRefused() throws Exception {
        DurableWorker worker = bench.open(bench.builder());
        bench.submit(worker.call("key", "note"), "one body");

        assertThatThrownBy(() -> bench.submit(worker.call("key", "note"), "another body"))
                .isInstanceOf(DurableKeyException.class)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"key\"");

        bench.next();
        assertThat(bench.server.requests("another body")).isZero();
    }

    @Test
    void withoutAKeyTheSameQuestionIsTheSameCall() throws Exception {
        DurableWorker worker = bench.open(bench.builder());

        DurableCall<?> first = bench.submit(worker.call("note"), "question");
        DurableCall<?> second = bench.submit(worker.call("note"), "question");
        DurableCall<?> other = bench.submit(worker.call("note"), "other question");

        assertThat(second.key()).isEqualTo(first.key()).startsWith("sha256-");
        assertThat(other.key()).isNotEqualTo(first.key());
        first.await();
        other.await();
        assertThat(bench.server.requests()).isEqualTo(2);
    }

    @Test
    void aCallbackThatHangsAndALongAnswerBlockNoOtherKey() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        String megabyte = "x".repeat(1 << 20);
        bench.server.rule((key, time) -> Reply.ok(key.equals("long") ? megabyte : "answer to " + key));
        DurableWorker worker =
                bench.open(bench.bare().callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    if (call.key().startsWith("hang")) end.await();
                    bench.note(call, result);
                }));
        for (int i = 0; i < 3; i++) bench.submit(worker, "hang-" + i);
        bench.submit(worker, "long");
        for (int i = 0; i < 20; i++) bench.submit(worker, "quick-" + i);

        Set<String> came = new HashSet<>();
        for (int i = 0; i < 21; i++) {
            Bench.Came next = bench.next();
            came.add(next.key());
            if (next.key().equals("long"))
                assertThat(next.result().choice().message().text()).isEqualTo(megabyte);
        }

        assertThat(came).hasSize(21).noneMatch(key -> key.startsWith("hang"));
        end.countDown();
        for (int i = 0; i < 3; i++) assertThat(bench.next().key()).startsWith("hang");
    }

    @Test
    void aCallWhoseCallbackNobodyHasIsParkedUntilSomebodyDoes() throws Exception {
        try (DurableWorker old = bench.builder()
                .submitsOnly()
                .callback("old-name", OpenAIChatCompletionsResult.class, bench::note)
                .open()) {
            bench.submit(old.call("orphan", "old-name"), "orphan");
        }
        DurableWorker upgraded = bench.builder().open();
        // Each look parks what nobody has; the calls of this loop make looks come.
        while (upgraded.find("orphan").orElseThrow().state() != DurableState.PARKED) Thread.onSpinWait();
        assertThat(upgraded.list(DurableState.PARKED, 10))
                .extracting(StoredCall::callback)
                .containsExactly("old-name");
        assertThat(bench.server.requests()).isZero();
        upgraded.close();

        bench.open(bench.builder().callback("old-name", OpenAIChatCompletionsResult.class, bench::note));

        assertThat(bench.next().key()).isEqualTo("orphan");
    }

    @Test
    void oneThreadCanSubmitManyWithoutWaitingForEach() throws Exception {
        DurableWorker worker = bench.open(bench.builder());
        List<DurableCall<OpenAIChatCompletionsResult>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++)
            calls.add(bench.submit(worker.call("bulk-" + i, "note").unconfirmed(), "bulk-" + i));

        for (var call : calls) call.kept().join();
        for (var call : calls) assertThat(Bench.end(call).success()).isTrue();

        assertThat(worker.awaitIdle(Duration.ofSeconds(Bench.LIMIT_SECONDS))).isTrue();
        assertThat(bench.came).hasSize(200);
    }

    @Test
    void whatIsNotKeptYetIsWaitedForAsWell() throws Exception {
        DurableWorker worker = bench.open(bench.builder());
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Thread slow = new Thread(() -> worker.write(store -> {
            writing.countDown();
            await(held);
        }));
        slow.start();
        await(writing);
        bench.submit(worker.call("behind", "note").unconfirmed(), "behind");

        assertThat(worker.awaitIdle(Duration.ofMillis(1))).isFalse();

        held.countDown();
        assertThat(worker.awaitIdle(Duration.ofSeconds(Bench.LIMIT_SECONDS))).isTrue();
        assertThat(worker.find("behind").orElseThrow().state()).isEqualTo(DurableState.DONE);
        slow.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }
}
