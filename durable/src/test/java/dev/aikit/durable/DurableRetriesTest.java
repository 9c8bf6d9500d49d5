package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.proof.ModelServer.Reply;
import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DurableRetriesTest extends BenchTest {
    private final BlockingQueue<StoredCall> dead = new LinkedBlockingQueue<>();

    private StoredCall nextDead() throws InterruptedException {
        return dead.poll(Bench.LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aServerThatRecoversIsAskedAgain() throws Exception {
        bench.server.rule((key, time) -> time < 3 ? Reply.error(503) : Reply.ok("at last"));
        DurableWorker worker = bench.open(bench.builder());

        bench.submit(worker, "again");

        assertThat(bench.next().result().choice().message().text()).isEqualTo("at last");
        assertThat(worker.find("again").orElseThrow().sends()).isEqualTo(3);
        assertThat(worker.find("again").orElseThrow().unclearSends()).isZero();
    }

    @Test
    void poisonIsDeadAtTheFirstAttemptAndKeepsTheAnswer() throws Exception {
        bench.server.rule((key, time) -> Reply.error(400));
        DurableWorker worker = bench.open(bench.builder().onDead(dead::add));

        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "poison");

        StoredCall stored = nextDead();
        assertThat(stored.key()).isEqualTo("poison");
        assertThat(stored.state()).isEqualTo(DurableState.DEAD);
        assertThat(stored.reason()).contains("400").contains("no, said the fake");
        assertThat(stored.sends()).isEqualTo(1);
        assertThat(stored.response().text()).contains("no, said the fake");
        OpenAIChatCompletionsResult result = Bench.end(call);
        assertThat(result.success()).isFalse();
        assertThat(result.errors().get(0).kind()).isEqualTo(OpenAIError.Kind.HTTP);
        assertThat(result.errors().get(0).isBadRequestError()).isTrue();
        assertThat(worker.list(DurableState.DEAD, 10))
                .extracting(StoredCall::key)
                .containsExactly("poison");
        assertThat(bench.server.requests("poison")).isEqualTo(1);
        assertThat(bench.came).isEmpty();
    }

    @Test
    void aDeadCallIsRedrivenUnderItsKey() throws Exception {
        bench.server.rule((key, time) -> time == 1 ? Reply.error(400) : Reply.ok("better"));
        DurableWorker worker = bench.open(bench.builder().onDead(dead::add));
        bench.submit(worker, "revived");
        nextDead();

        assertThat(worker.redrive("revived")).isTrue();

        Bench.Came came = bench.next();
        assertThat(came.key()).isEqualTo("revived");
        assertThat(came.result().choice().message().text()).isEqualTo("better");
        assertThat(worker.redrive("revived")).isFalse();
        assertThat(worker.redrive("nobody")).isFalse();
    }

    @Test
    void afterTheLastTryACallIsDead() throws Exception {
        bench.server.rule((key, time) -> Reply.error(500));
        DurableWorker worker = bench.open(bench.builder().maxSends(3).onDead(dead::add));

        bench.submit(worker, "hopeless");

        assertThat(nextDead().sends()).isEqualTo(3);
        assertThat(bench.server.requests("hopeless")).isEqualTo(3);
    }

    @Test
    void theWaitThatTheServerAsksForIsKeptInTheStore() throws Exception {
        AtomicLong now = new AtomicLong(10_000_000);
        bench.server.rule(
                (key, time) -> time == 1 ? Reply.error(429).with("retry-after", "3600") : Reply.ok("after an hour"));
        DurableWorker worker = bench.open(bench.builder().clock(now::get));
        bench.submit(worker, "slow-down");
        until(worker, "slow-down", DurableState.READY, 1);
        StoredCall waiting = worker.find("slow-down").orElseThrow();
        assertThat(waiting.due().orElseThrow().toEpochMilli()).isEqualTo(10_000_000 + 3_600_000);
        assertThat(waiting.reason()).contains("429");

        now.addAndGet(3_600_000);

        assertThat(bench.next().result().choice().message().text()).isEqualTo("after an hour");
    }

    /** The store tells of a state only when asked. */
    private static void until(DurableWorker worker, String key, DurableState state, int sends) {
        while (true) {
            StoredCall call = worker.find(key).orElseThrow();
            if (call.state() == state && call.sends() == sends) return;
            Thread.onSpinWait();
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeARetryWait() throws Exception {
        AtomicLong now = new AtomicLong(10_000_000);
        bench.server.rule((key, time) -> time == 1 ? Reply.error(500) : Reply.ok("in time"));
        DurableWorker worker =
                bench.open(bench.builder().clock(now::get).backOff(Duration.ofSeconds(30), Duration.ofSeconds(30)));
        bench.submit(worker, "set-back");
        until(worker, "set-back", DurableState.READY, 1);

        now.addAndGet(-3_600_000);

        assertThat(bench.next().result().choice().message().text()).isEqualTo("in time");
    }

    @Test
    void aCallbackThatThrowsIsCalledAgainWithTheSameAnswer() throws Exception {
        DurableWorker worker =
                bench.open(bench.bare().callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    bench.note(call, result);
                    if (call.number() < 3) throw new IllegalStateException("not yet, says the test");
                }));

        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "thrown");

        assertThat(List.of(
                        bench.next().number(),
                        bench.next().number(),
                        bench.next().number()))
                .containsExactly(1, 2, 3);
        assertThat(Bench.end(call).success()).isTrue();
        assertThat(bench.server.requests("thrown")).isEqualTo(1);
    }

    @Test
    void aCallbackThatAlwaysThrowsMakesADeadLetterWhoseAnswerIsDeliveredWhenRedriven() throws Exception {
        var good = new java.util.concurrent.atomic.AtomicBoolean();
        DurableWorker worker = bench.open(bench.bare()
                .maxDeliveries(2)
                .onDead(dead::add)
                .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    if (!good.get()) throw new Error("never, says the test");
                    bench.note(call, result);
                }));
        bench.submit(worker, "thrower");
        StoredCall stored = nextDead();
        assertThat(stored.reason()).contains("never, says the test");
        assertThat(stored.deliveries()).isEqualTo(2);

        good.set(true);
        assertThat(worker.redrive("thrower")).isTrue();

        assertThat(bench.next().result().choice().message().text()).isEqualTo("answer to thrower");
        assertThat(bench.server.requests("thrower")).isEqualTo(1);
    }

    @Test
    void aCancelledCallThatIsRedrivenHasAllItsTriesAgain() throws Exception {
        AtomicBoolean good = new AtomicBoolean();
        CountDownLatch threw = new CountDownLatch(1);
        DurableWorker worker = bench.open(bench.bare()
                .maxDeliveries(2)
                .backOff(Duration.ofMinutes(5), Duration.ofMinutes(5))
                .onDead(dead::add)
                .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    threw.countDown();
                    if (!good.get()) throw new Error("at first, says the test");
                    bench.note(call, result);
                }));
        bench.submit(worker, "cancelled");
        assertThat(threw.await(Bench.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        while (!worker.cancel("cancelled")) Thread.onSpinWait(); // until the end of its callback is written

        good.set(true);
        assertThat(worker.redrive("cancelled")).isTrue();

        assertThat(bench.next().number()).isEqualTo(1);
    }

    @Test
    void anEffectThatThrowsLeavesNothingBehindAndIsTriedAgain() throws Exception {
        DurableWorker worker =
                bench.open(bench.bare().callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    bench.note(call, result);
                    call.write(connection -> {
                        try (var statement = connection.createStatement()) {
                            statement.execute("CREATE TABLE half_" + call.number() + " (x INTEGER)");
                            if (call.number() == 1) statement.execute("INSERT INTO nowhere VALUES (1)");
                        }
                    });
                }));

        assertThat(Bench.end(bench.submit(worker, "effect")).success()).isTrue();

        assertThat(bench.came).extracting(Bench.Came::number).containsExactly(1, 2);
        try (var connection = bench.database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT x FROM half_2");
            assertThatThrownBy(() -> statement.execute("SELECT x FROM half_1")).hasMessageContaining("half_1");
        }
    }

    @Test
    void anEffectThatFailsAmongOthersOfItsGroupTakesNoneOfThemWithIt() throws Exception {
        try (var connection = bench.database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE effect (key TEXT)");
            CountDownLatch running = new CountDownLatch(5);
            CountDownLatch held = new CountDownLatch(1);
            Semaphore returned = new Semaphore(0);
            DurableWorker worker = bench.open(bench.bare()
                    .maxDeliveries(1)
                    .onDead(dead::add)
                    .probe(point -> {
                        if (point == Probe.Point.CALLBACK_RETURNED) returned.release();
                    })
                    .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                        running.countDown();
                        held.await();
                        call.write(store -> {
                            var effect = store.createStatement();
                            effect.execute("INSERT INTO effect VALUES ('" + call.key() + "')");
                            if (call.key().equals("call-2")) effect.execute("INSERT INTO nowhere VALUES (1)");
                        });
                    }));
            List<DurableCall<OpenAIChatCompletionsResult>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) calls.add(bench.submit(worker, "call-" + i));
            running.await();
            worker.write(store -> {
                held.countDown();
                returned.acquireUninterruptibly(5); // so that their ends are one group
            });

            assertThat(nextDead().key()).isEqualTo("call-2");
            for (int i = 0; i < 5; i++)
                if (i != 2) assertThat(Bench.end(calls.get(i)).success()).isTrue();
            try (var rows = statement.executeQuery("SELECT key FROM effect ORDER BY key")) {
                List<String> effects = new ArrayList<>();
                while (rows.next()) effects.add(rows.getString(1));
                assertThat(effects).containsExactly("call-0", "call-1", "call-3", "call-4");
            }
        }
    }

    @Test
    void anEffectThatTakesLongDoesNotMakeWhatIsTakenWithItLate() throws Exception {
        AtomicLong ticker = new AtomicLong();
        AtomicLong claims = new AtomicLong();
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Semaphore returned = new Semaphore(0);
        DurableWorker worker = bench.open(bench.bare()
                .rateLimit(RateLimit.perMinute().requests(60))
                .ticker(ticker::get)
                .probe(point -> {
                    if (point == Probe.Point.CLAIM_AFTER_COMMIT) claims.getAndIncrement();
                    if (point == Probe.Point.CALLBACK_RETURNED) returned.release();
                })
                .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    if (call.key().equals("slow")) {
                        running.countDown();
                        held.await();
                        call.write(store -> ticker.addAndGet(2_000_000_000));
                    }
                    bench.note(call, result);
                }));
        bench.submit(worker, "slow");
        running.await();
        Thread writing = new Thread(() -> worker.write(store -> {
            held.countDown();
            returned.acquireUninterruptibly(); // so that the end of "slow" is one group with "next"
        }));
        writing.start();
        held.await();
        bench.submit(worker.call("next", "note").unconfirmed(), "next");

        assertThat(bench.next().key()).isEqualTo("slow");
        assertThat(bench.next().key()).isEqualTo("next");
        assertThat(claims).hasValue(2);
        writing.join();
    }

    @Test
    void anEffectCannotEndTheStoresTransaction() throws Exception {
        DurableWorker worker = bench.open(bench.bare()
                .maxDeliveries(1)
                .onDead(dead::add)
                .callback(
                        "note",
                        OpenAIChatCompletionsResult.class,
                        (call, result) -> call.write(connection -> connection.commit())));

        bench.submit(worker, "greedy");

        assertThat(nextDead().reason()).contains("commit");
    }

    @Test
    void anEffectThatRollsTheStoreBackHarmsItsOwnCallOnly() throws Exception {
        DurableWorker worker = bench.open(bench.bare()
                .maxDeliveries(1)
                .onDead(dead::add)
                .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    bench.note(call, result);
                    if (call.key().equals("bad"))
                        call.write(connection -> connection.createStatement().execute("ROLLBACK"));
                }));

        bench.submit(worker, "bad");
        DurableCall<OpenAIChatCompletionsResult> good =
                bench.submit(worker.call("good", "note").unconfirmed(), "good");

        assertThat(nextDead().key()).isEqualTo("bad");
        // The failed transactions may have taken the submission with them, and said so.
        if (good.kept().handle((kept, failure) -> failure != null).join()) good = bench.submit(worker, "good");
        assertThat(Bench.end(good).success()).isTrue();
    }

    @Test
    void anAnswerThatTheFunctionCannotReadIsADeadLetter() throws Exception {
        bench.server.rule((key, time) -> new Reply(200, java.util.Map.of(), "{\"data\":[{\"embedding\":\"%%%\"}]}"));
        DurableWorker worker = bench.open(
                bench.builder().onDead(dead::add).callback("vectors", OpenAIEmbeddingsResult.class, (call, result) -> {
                    throw new AssertionError("called with " + result);
                }));

        bench.client.embeddings().create("text", "model", p -> p.user("vector").on(worker.call("vector", "vectors")));

        StoredCall stored = nextDead();
        assertThat(stored.reason()).contains("MALFORMED");
        assertThat(stored.response().text()).contains("%%%");
    }

    @Test
    void vectorsSurviveAsWell() throws Exception {
        bench.server.rule((key, time) ->
                new Reply(200, java.util.Map.of(), "{\"data\":[{\"index\":0,\"embedding\":[0.5,0.25]}]}"));
        BlockingQueue<OpenAIEmbeddingsResult> came = new LinkedBlockingQueue<>();
        DurableWorker worker = bench.open(
                bench.builder().callback("vectors", OpenAIEmbeddingsResult.class, (call, result) -> came.add(result)));

        bench.client.embeddings().create("text", "model", p -> p.user("vector").on(worker.call("vector", "vectors")));

        assertThat(came.poll(Bench.LIMIT_SECONDS, TimeUnit.SECONDS).embeddings())
                .hasSize(1);
    }
}
