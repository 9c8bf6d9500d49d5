package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.Worker;
import dev.aikit.contract.Stage.Stuck;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 8, the client: closing it ends its calls, each with its callbacks, or waits for them as long as it is told. */
class Rule08CloseTest extends ServerTest {
    static Stream<Arguments> stagesInEveryWay() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Arrays.stream(Way.values()).map(way -> Arguments.of(stage, way)));
    }

    @ParameterizedTest
    @MethodSource("stagesInEveryWay")
    void closingEndsACallWhereverItIs(Stage stage, Way way) throws InterruptedException {
        try (Stuck stuck = new Stuck(stage, way)) {
            stuck.client.close();

            assertThat(stuck.call().endedOnce().error().kind()).isEqualTo(Kind.CLOSED);
            stuck.awaitItsConnectionClosed();
        }
    }

    @Test
    void closingWithPatienceWaitsForTheCallsThatRun() {
        CountDownLatch gate = new CountDownLatch(1);
        server.otherwise(to -> ChatScripts.chat("Hi").run(to.await(gate)));
        List<Observed> all = Arrays.stream(Way.values())
                .map(way -> Observed.start(way, client))
                .toList();
        all.forEach(each -> server.takeRequest());

        CompletableFuture<Boolean> endedBefore = closing(Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS), all);
        assertThat(endedBefore).isNotDone();
        gate.countDown();

        assertThat(Events.await(endedBefore)).isTrue();
        assertThat(all)
                .allSatisfy(
                        each -> assertThat(each.endedOnce().result().success()).isTrue());
        assertThat(client.models().list().errors().get(0).kind()).isEqualTo(Kind.CLOSED);
    }

    private CompletableFuture<Boolean> closing(Duration patience, List<Observed> calls) {
        CompletableFuture<Boolean> allEnded = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        client.close(patience);
                        allEnded.complete(calls.stream().allMatch(Observed::hasHeardItAll));
                    } catch (InterruptedException interrupt) {
                        allEnded.completeExceptionally(interrupt);
                    }
                })
                .start();
        return allEnded;
    }

    @Test
    void whenPatienceIsOverTheRestIsEnded() throws InterruptedException {
        server.otherwise(to -> to.awaitPeerClosed());
        Observed observed = Observed.start(Way.STREAMING, client);
        server.takeRequest();

        client.close(Duration.ofMillis(1));

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.CLOSED);
        server.awaitPeerClosed(1);
    }

    @Test
    void anInterruptEndsThePatience() {
        server.otherwise(to -> to.awaitPeerClosed());
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client);
        server.takeRequest();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            try {
                client.close(Duration.ofDays(1));
                thrown.complete(null);
            } catch (InterruptedException interrupt) {
                thrown.complete(interrupt);
            }
        });
        closer.start();

        closer.interrupt();

        assertThat(Events.await(thrown)).isInstanceOf(InterruptedException.class);
        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.CLOSED);
    }

    @Test
    void closingInACallbackEndsTheOthersAndThisOneAsItWas() {
        CountDownLatch answered = new CountDownLatch(1);
        server.then(ChatScripts.status(200, "{}", ChatScripts.JSON));
        server.otherwise(to -> to.awaitPeerClosed());
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        client.models()
                .list(p -> p.onResponse(r -> {
                            Events.await(answered);
                            client.close();
                        })
                        .formula(r -> first.complete(r.success())));
        server.takeRequest();
        Observed other = Observed.start(Way.STREAMING, client);
        server.takeRequest();
        answered.countDown();

        assertThat(other.endedOnce().error().kind()).isEqualTo(Kind.CLOSED);
        assertThat(Events.await(first)).isTrue();
    }

    @Test
    void closingEndsTheThreadsAndMayBeDoneTwice() {
        server.otherwise(ChatScripts.chat("Hi"));
        Set<Thread> before = ioThreads();
        OpenAI another = OpenAI.create(client.configuration());
        another.models().list();
        Set<Thread> itsThreads = ioThreads();
        itsThreads.removeAll(before);
        assertThat(itsThreads).hasSize(1);

        another.close();
        another.close();

        Events.until(() -> itsThreads.stream().noneMatch(Thread::isAlive), "the end of the input/output thread");
    }

    private static Set<Thread> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(OnThreads::isForInputAndOutput)
                .collect(Collectors.toSet());
    }

    @Test
    void patienceIsNotNegative() {
        assertThatThrownBy(() -> client.close(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("patience");
    }

    @Test
    void closingWithPatienceWhereTheCallbacksBelongRunsThem() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));
        Worker worker = Worker.named("closing with patience");
        CompletableFuture<Thread> home = new CompletableFuture<>();
        CompletableFuture<Observed> closed = new CompletableFuture<>();
        worker.call(() -> {
            home.complete(Thread.currentThread());
            Observed made = Observed.start(Way.STREAMING, client);
            gate.countDown();
            try {
                client.close(Duration.ofDays(1));
                assertThat(made.hasHeardItAll()).isTrue();
                closed.complete(made);
            } catch (Throwable thrown) {
                closed.completeExceptionally(thrown);
            }
        });

        Observed observed = Events.await(closed).endedOnce();
        assertThat(observed.result().success()).isTrue();
        assertThat(observed.threads()).containsOnly(Events.await(home));
        worker.kill();
    }

    @Test
    void aClientThatIsForgottenEndsItsThread() {
        server.otherwise(ChatScripts.chat("Hi"));
        Set<Thread> itsThreads = threadsOfAForgottenClient();
        assertThat(itsThreads).hasSize(1);

        Events.untilCollected(
                () -> itsThreads.stream().noneMatch(Thread::isAlive),
                "the end of the input/output thread of a client that nobody has");
    }

    private Set<Thread> threadsOfAForgottenClient() {
        Set<Thread> before = ioThreads();
        OpenAI forgotten = OpenAI.create(client.configuration());
        assertThat(forgotten.models().list().success()).isTrue();
        Set<Thread> itsThreads = ioThreads();
        itsThreads.removeAll(before);
        return itsThreads;
    }
}
