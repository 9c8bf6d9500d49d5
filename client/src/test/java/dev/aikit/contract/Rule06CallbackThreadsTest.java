package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 6, threads: callbacks run where the caller is or says, and a callback that blocks delays no other call. */
class Rule06CallbackThreadsTest extends ServerTest {
    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi", "there"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void fromAPlainThreadTheyRunOnTheLibrarysThreads(Way way) {
        Observed observed = Observed.start(way, client).endedOnce();

        assertThat(observed.threads()).isNotEmpty().allSatisfy(OnThreads::areTheLibrarys);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void fromAWorkerTheyRunOnThatWorker(Way way) {
        Worker worker = Worker.named("rule 6 " + way);
        CompletableFuture<Thread> home = new CompletableFuture<>();
        CompletableFuture<Observed> made = new CompletableFuture<>();
        worker.call(() -> {
            home.complete(Thread.currentThread());
            made.complete(Observed.start(way, client));
        });

        assertThat(Events.await(made).endedOnce().threads()).isNotEmpty().containsOnly(Events.await(home));
        worker.kill();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void onSaysWhereElse(Way way) {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        try {
            Observed there = Observed.start(way, client, p -> p.on(executor)).endedOnce();

            assertThat(there.threads())
                    .isNotEmpty()
                    .allSatisfy(thread -> assertThat(thread.getName()).isEqualTo("mine"));
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void onOverridesTheWorkerOfTheCaller() {
        Worker caller = Worker.named("caller");
        Worker other = Worker.named("other");
        CompletableFuture<Thread> home = new CompletableFuture<>();
        other.call(() -> home.complete(Thread.currentThread()));
        CompletableFuture<Observed> made = new CompletableFuture<>();
        caller.call(() -> made.complete(Observed.start(Way.STREAMING, client, p -> p.on(other))));

        assertThat(Events.await(made).endedOnce().threads()).containsOnly(Events.await(home));
        caller.kill();
        other.kill();
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void onlyAnExecutorThatRunsInPlaceRunsThemOnAnInputOutputThread(Way way) {
        Observed observed =
                Observed.start(way, client, p -> p.on(Runnable::run)).endedOnce();

        assertThat(observed.threads()).isNotEmpty().allMatch(OnThreads::isForInputAndOutput);
    }

    @Test
    void aCallMadeInACallbackCallsBackInTheSamePlace() {
        Worker worker = Worker.named("nested");
        CompletableFuture<Thread> home = new CompletableFuture<>();
        CompletableFuture<Observed> inner = new CompletableFuture<>();
        worker.call(() -> {
            home.complete(Thread.currentThread());
            client.models().list(p -> p.formula(r -> inner.complete(Observed.start(Way.STREAMING, client))));
        });

        assertThat(Events.await(inner).endedOnce().threads()).containsOnly(Events.await(home));
        worker.kill();
    }

    @Test
    void aCallMadeInACallbackOfTheLibrarysThreadsMayWaitForItsAnswer() {
        CompletableFuture<String> inner = new CompletableFuture<>();
        client.models()
                .list(p -> p.formula(r -> inner.complete(client.chat()
                        .completions()
                        .create(Observed.MESSAGES)
                        .choice()
                        .text())));

        assertThat(Events.await(inner)).isEqualTo("Hithere");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void callbacksThatBlockDelayNoOtherCall(int blocked) {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(blocked);
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int i = 0; i < blocked; i++)
            ends.add(client.models()
                    .list(p -> p.formula(r -> {
                        inside.countDown();
                        Events.await(gate);
                    }))
                    .future());
        Events.await(inside);
        try {
            for (Way way : Way.values())
                assertThat(Observed.start(way, client)
                                .endedOnce()
                                .result()
                                .choice()
                                .text())
                        .isEqualTo("Hithere");
            assertThat(ends).noneMatch(CompletableFuture::isDone);
        } finally {
            gate.countDown();
        }
        ends.forEach(Events::await);
    }

    @Test
    void whatACallbackDoesToItsThreadIsNothingToTheNext() {
        List<CompletableFuture<Boolean>> interrupted = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Boolean> seen = new CompletableFuture<>();
            interrupted.add(seen);
            client.models()
                    .list(p -> p.formula(r -> {
                        seen.complete(Thread.currentThread().isInterrupted());
                        Thread.currentThread().interrupt();
                    }));
        }

        assertThat(interrupted)
                .allSatisfy(seen -> assertThat(Events.await(seen)).isFalse());
    }

    @Test
    void theyInheritNothingFromWhoeverCalledFirst() {
        int many = 50; // more than there are idle threads
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        tenant.set("the first caller's");
        CountDownLatch inside = new CountDownLatch(many);
        List<CompletableFuture<String>> seen = new ArrayList<>();
        Worker worker = Worker.named("inherits nothing");
        try (OpenAI fresh = OpenAI.create(client.configuration())) {
            for (int i = 0; i < many; i++) {
                CompletableFuture<String> here = new CompletableFuture<>();
                seen.add(here);
                fresh.models()
                        .list(p -> p.formula(r -> {
                            inside.countDown();
                            Events.await(inside);
                            here.complete(String.valueOf(tenant.get()));
                        }));
            }
            for (Executor place : List.<Executor>of(worker, Runnable::run)) {
                CompletableFuture<String> there = new CompletableFuture<>();
                seen.add(there);
                fresh.models().list(p -> p.on(place).formula(r -> there.complete(String.valueOf(tenant.get()))));
            }

            assertThat(seen).allSatisfy(each -> assertThat(Events.await(each)).isEqualTo("null"));
        } finally {
            tenant.remove();
            worker.kill();
        }
    }
}
