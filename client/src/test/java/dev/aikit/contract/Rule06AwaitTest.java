package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAICall;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 6, waiting for a handle: in the place of the callbacks it runs them, and where it cannot work it says so. */
class Rule06AwaitTest extends ServerTest {
    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi", "there"));
    }

    /** Runs it there, and gives what it returns or throws. */
    private static <T> T there(Executor place, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        place.execute(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable thrown) {
                done.completeExceptionally(thrown);
            }
        });
        return Events.await(done);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void onTheWorkerOfTheCallbacksItRunsThemInPlace(Way way) {
        Worker worker = Worker.named("awaiting " + way);

        Observed observed = there(worker, () -> {
            Observed made = Observed.start(way, client);
            made.call().await();
            assertThat(made.endedOnce().threads()).containsOnly(Thread.currentThread());
            return made;
        });

        assertThat(observed.result().choice().text()).isEqualTo("Hithere");
        worker.kill();
    }

    @Test
    void onTheWorkerTheTasksThatWaitStayInTheirPlace() {
        Worker worker = Worker.named("awaiting in order");
        CompletableFuture<Boolean> endedBefore = new CompletableFuture<>();

        there(worker, () -> {
            Observed made = Observed.start(Way.ASYNCHRONOUS, client);
            worker.call(() -> endedBefore.complete(made.isOver()));
            return made.call().await();
        });

        assertThat(Events.await(endedBefore)).isTrue();
        worker.kill();
    }

    @Test
    void inACallbackOnTheWorkerAnotherCallCanBeAwaited() {
        Worker worker = Worker.named("awaiting nested");
        CompletableFuture<Observed> inner = new CompletableFuture<>();
        there(
                worker,
                () -> client.models()
                        .list(p -> p.formula(r -> {
                            Observed made = Observed.start(Way.STREAMING, client);
                            try {
                                made.call().await();
                            } catch (InterruptedException interrupt) {
                                inner.completeExceptionally(interrupt);
                            }
                            inner.complete(made);
                        })));

        assertThat(Events.await(inner).isOver()).isTrue();
        Events.await(inner).endedOnce();
        worker.kill();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void insideALastCallbackItReturnsAtOnce(Way way) {
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> handle = new CompletableFuture<>();
        CompletableFuture<Object> awaited = new CompletableFuture<>();
        OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.stream(way == Way.STREAMING).onResponse(r -> {
                            try {
                                awaited.complete(Events.await(handle).await() == r);
                            } catch (Throwable thrown) {
                                awaited.complete(thrown);
                            }
                        }));
        handle.complete(call);

        assertThat(Events.await(awaited)).isEqualTo(true);
    }

    @Test
    void insideAPieceItSaysThatItCannotWork() {
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> handle = new CompletableFuture<>();
        CompletableFuture<Object> awaited = new CompletableFuture<>();
        OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.onData(piece -> {
                            try {
                                awaited.complete(Events.await(handle).await());
                            } catch (Throwable thrown) {
                                awaited.complete(thrown);
                            }
                        }));
        handle.complete(call);

        assertThat(Events.await(awaited))
                .isInstanceOfSatisfying(
                        IllegalStateException.class,
                        thrown -> assertThat(thrown).hasMessageContaining("onData"));
        assertThat(Events.await(call.future()).success()).isTrue();
    }

    @Test
    void onAnInputOutputThreadItSaysThatItCannotWork() {
        CompletableFuture<Object> awaited = new CompletableFuture<>();
        CountDownLatch gate = new CountDownLatch(1);
        server.then(ChatScripts.chat("first"));
        server.then(to -> ChatScripts.chat("second").run(to.await(gate)));
        client.models()
                .list(p -> p.on(Runnable::run).formula(r -> {
                    try {
                        awaited.complete(client.models().list(q -> q.async()).await());
                    } catch (Throwable thrown) {
                        awaited.complete(thrown);
                    }
                }));

        assertThat(Events.await(awaited))
                .isInstanceOfSatisfying(
                        IllegalStateException.class,
                        thrown -> assertThat(thrown).hasMessageContaining("input/output"));
        gate.countDown();
    }

    @Test
    void aCallThatWaitsOnAnInputOutputThreadIsNotEvenSent() throws InterruptedException {
        CompletableFuture<Object> returned = new CompletableFuture<>();
        client.models()
                .list(p -> p.on(Runnable::run).formula(r -> {
                    try {
                        returned.complete(client.models().list());
                    } catch (Throwable thrown) {
                        returned.complete(thrown);
                    }
                }));

        assertThat(Events.await(returned)).isInstanceOf(IllegalStateException.class);
        server.takeRequest();
        client.close(Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS)); // returns when nothing runs any more
        assertThat(server.requestsWaiting()).isZero();
    }

    @Test
    void withALimitItReturnsEmptyAndTheCallGoesOn() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client);

        assertThat(observed.call().await(Duration.ofMillis(1))).isEmpty();
        gate.countDown();

        assertThat(observed.call().await(Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS)))
                .containsSame(observed.endedOnce().result());
    }

    @Test
    void onTheWorkerTheLimitHoldsToo() {
        Worker worker = Worker.named("awaiting for a while");
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));

        Observed observed = there(worker, () -> {
            Observed made = Observed.start(Way.ASYNCHRONOUS, client);
            assertThat(made.call().await(Duration.ofMillis(1))).isEmpty();
            return made;
        });
        gate.countDown();

        observed.endedOnce();
        worker.kill();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void onTheWorkerTheFutureRunsThemInPlaceToo(Way way) {
        Worker worker = Worker.named("joining " + way);
        List<Callable<Observed>> waits = List.of(
                () -> started(way, call -> call.future().join()),
                () -> started(way, call -> call.future().get()),
                () -> started(way, call -> call.future().get(1, TimeUnit.DAYS)));

        for (Callable<Observed> wait : waits)
            assertThat(there(worker, wait).result().choice().text()).isEqualTo("Hithere");
        worker.kill();
    }

    /** How to wait for a handle. */
    private interface Wait {
        OpenAIChatCompletionsResult of(OpenAICall<OpenAIChatCompletionsResult> call) throws Exception;
    }

    private Observed started(Way way, Wait wait) throws Exception {
        Observed made = Observed.start(way, client);
        assertThat(wait.of(made.call())).isSameAs(made.endedOnce().result());
        assertThat(made.threads()).containsOnly(Thread.currentThread());
        return made;
    }

    @Test
    void insideALastCallbackTheFutureIsThereAtOnce() {
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> handle = new CompletableFuture<>();
        CompletableFuture<Object> joined = new CompletableFuture<>();
        OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.formula(r -> {
                            try {
                                joined.complete(Events.await(handle).future().join() == r);
                            } catch (Throwable thrown) {
                                joined.complete(thrown);
                            }
                        }));
        handle.complete(call);

        assertThat(Events.await(joined)).isEqualTo(true);
        assertThat(Events.await(call.future()).success()).isTrue();
    }
}
