package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.contract.Stage.Stuck;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 9: cancelling ends the call once, at any stage, and frees its connection at once. */
class Rule09CancelTest {
    static Stream<Arguments> stages() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Stream.of(Way.ASYNCHRONOUS, Way.STREAMING).map(way -> Arguments.of(stage, way)));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void cancellingEndsTheCallWhereverItIs(Stage stage, Way way) throws InterruptedException {
        try (Stuck stuck = new Stuck(stage, way)) {
            assertThat(stuck.call().call().cancel()).isTrue();

            assertThat(stuck.call().endedOnce().error().kind()).isEqualTo(Kind.CANCELLED);
            assertThat(stuck.call().call().cancel()).isFalse();
            stuck.awaitItsConnectionClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void interruptingACallThatWaitsCancelsItWhereverItIs(Stage stage) throws InterruptedException {
        try (Stuck stuck = new Stuck(stage, Way.WAITING)) {
            stuck.call().waiter().interrupt();

            assertThat(stuck.call().endedOnce().error().kind()).isEqualTo(Kind.INTERRUPTED);
            stuck.awaitItsConnectionClosed();
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theConnectionIsFreeForTheNextCall(Stage stage, Way way) throws InterruptedException {
        if (stage == Stage.CONNECTING || stage == Stage.QUEUED) return;
        try (Stuck stuck = new Stuck(stage, way)) {
            stuck.server.otherwise(ChatScripts.chat("next"));

            stuck.call().call().cancel();

            Observed next = Observed.start(way, stuck.client).endedOnce(); // one socket at most
            assertThat(next.result().choice().text()).isEqualTo("next");
        }
    }

    @Test
    void aCancelledCallThatWaitedInTheQueueIsNeverSent() throws InterruptedException {
        try (Stuck stuck = new Stuck(Stage.QUEUED, Way.ASYNCHRONOUS)) {
            stuck.server.otherwise(ChatScripts.chat("Hi"));
            stuck.call().call().cancel();
            stuck.call().endedOnce();
            stuck.server.closeConnection(1); // the one that was in the way

            Observed next = Observed.start(Way.STREAMING, stuck.client).endedOnce();

            assertThat(next.result().success()).isTrue();
            assertThat(stuck.server.takeRequest().text()).contains("\"stream\":true");
            assertThat(stuck.server.requestsWaiting()).isZero();
        } catch (java.io.IOException error) {
            throw new AssertionError(error);
        }
    }

    @Test
    void aCancelledRetryIsNeverSent() throws InterruptedException {
        try (Stuck stuck = new Stuck(Stage.BETWEEN_RETRIES, Way.ASYNCHRONOUS)) {
            stuck.server.takeRequest();
            stuck.call().call().cancel();
            stuck.call().endedOnce();

            stuck.clock.advance(Duration.ofSeconds(10));
            stuck.server.otherwise(ChatScripts.chat("Hi"));
            Observed.start(Way.STREAMING, stuck.client).endedOnce();

            assertThat(stuck.server.takeRequest().text()).contains("\"stream\":true");
            assertThat(stuck.server.requestsWaiting()).isZero();
        }
    }

    @Test
    void whatHadArrivedStaysInTheResult() throws InterruptedException {
        try (Stuck stuck = new Stuck(Stage.WITHIN_THE_ANSWER, Way.STREAMING)) {
            stuck.call().call().cancel();

            assertThat(stuck.call().endedOnce().result().choice().text()).isEqualTo("so far");
            assertThat(stuck.call().result().requestID()).isEqualTo("req-7");
            assertThat(stuck.call().error().status()).isEqualTo(200);
        }
    }

    @Test
    void cancellingInAPieceMakesItTheLastOne() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.then(ChatScripts.chat("1", "2", "3", "4", "5", "6", "7", "8", "9"));
            CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> handle = new CompletableFuture<>();
            AtomicInteger pieces = new AtomicInteger();
            OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                    .completions()
                    .create(
                            Observed.MESSAGES,
                            p -> p.onData(piece -> {
                                if (pieces.incrementAndGet() == 3)
                                    Events.await(handle).cancel();
                            }));
            handle.complete(call);

            assertThat(Events.await(call.future()).errors().get(0).isCancelled())
                    .isTrue();
            assertThat(pieces).hasValue(3);
        }
    }

    @RepeatedTest(3)
    void noPieceBeginsAfterCancelHasReturned(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] texts = new String[300];
        Arrays.fill(texts, "x");
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.otherwise(ChatScripts.chat(texts));
            for (int round = 0; round < 60; round++) {
                AtomicBoolean cancelled = new AtomicBoolean();
                AtomicInteger after = new AtomicInteger();
                CountDownLatch some = new CountDownLatch(random.nextInt(250));
                OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                        .completions()
                        .create(
                                Observed.MESSAGES,
                                p -> p.onData(piece -> {
                                    if (cancelled.get()) after.incrementAndGet();
                                    some.countDown();
                                }));
                Events.await(some);
                call.cancel();
                cancelled.set(true);
                Events.await(call.future());

                // One may have begun before, and looked at the flag after.
                assertThat(after.get()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void cancellingWhatHasEndedDoesNothing() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.then(ChatScripts.chat("Hi"));
            Observed observed = Observed.start(Way.STREAMING, client).endedOnce();

            assertThat(observed.call().cancel()).isFalse();
            assertThat(observed.call().future().cancel(true)).isFalse();
            assertThat(observed.endedOnce().result().success()).isTrue();
        }
    }
}
