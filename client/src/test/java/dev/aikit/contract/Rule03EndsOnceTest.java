package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 3: each call ends exactly once, and its callbacks come in order, one at a time, whoever races to end it. */
class Rule03EndsOnceTest {
    private static final int ROUNDS = 120;

    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = client();

    private OpenAI client() {
        return OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()).maxRetries(0));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aSuccessCallsOnResponseOnTerminateFormula() {
        server.otherwise(ChatScripts.chat("Hi"));

        Observed observed = Observed.start(Way.ASYNCHRONOUS, client).endedOnce();

        assertThat(observed.callbacks()).containsExactly("onResponse", "onTerminate", "formula");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void aFailureCallsOnErrorOnTerminateFormula(Way way) {
        server.otherwise(ChatScripts.status(400, "{}"));

        Observed observed = Observed.start(way, client).endedOnce();

        assertThat(observed.callbacks()).containsExactly("onError", "onTerminate", "formula");
    }

    @Test
    void piecesComeInTheOrderOfArrivalOneAtATimeOnManyThreads() {
        String[] texts = IntStream.range(0, 3000).mapToObj(i -> i + " ").toArray(String[]::new);
        server.otherwise(ChatScripts.chat(texts));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Observed observed =
                    Observed.start(Way.STREAMING, client, p -> p.on(threads)).endedOnce();

            assertThat(observed.texts().subList(0, texts.length)).containsExactly(texts);
            assertThat(observed.result().choice().text()).isEqualTo(String.join("", texts));
        } finally {
            threads.shutdown();
        }
    }

    @RepeatedTest(3)
    void cancelRacesWithTheAnswer(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        server.otherwise(to -> anyAnswer(random).run(to));
        int cancelled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Observed observed = Observed.start(anyAsynchronousWay(random), client);
            spin(random);
            boolean ended = observed.call().cancel();
            assertThat(observed.call().cancel()).isFalse();

            observed.endedOnce();
            if (ended) assertThat(observed.error().isCancelled()).isTrue();
            else if (!observed.result().success())
                assertThat(observed.error().isCancelled()).isFalse();
            cancelled += ended ? 1 : 0;
        }
        assertThat(cancelled).isPositive();
    }

    @RepeatedTest(3)
    void ofManyWhoCancelAtOnceOneDoes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        server.otherwise(to -> anyAnswer(random).run(to));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Observed observed = Observed.start(anyAsynchronousWay(random), client);
                AtomicInteger winners = new AtomicInteger();
                List<CompletableFuture<Void>> cancels = new ArrayList<>();
                for (int i = 0; i < 4; i++)
                    cancels.add(CompletableFuture.runAsync(
                            () -> winners.addAndGet(observed.call().cancel() ? 1 : 0), threads));
                cancels.forEach(Events::await);

                observed.endedOnce();
                boolean isCancelled = !observed.result().success()
                        && observed.result().errors().get(0).isCancelled();
                assertThat(winners.get()).isEqualTo(isCancelled ? 1 : 0);
            }
        } finally {
            threads.shutdown();
        }
    }

    @RepeatedTest(3)
    void closingTheClientRacesWithCallsThatStartAndEnd(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        server.otherwise(to -> anyAnswer(random).run(to));
        for (int round = 0; round < ROUNDS; round++) {
            OpenAI closing = client();
            CompletableFuture<Void> close = new CompletableFuture<>();
            Thread closer = new Thread(() -> {
                spin(random);
                closing.close();
                close.complete(null);
            });
            List<Observed> all = new ArrayList<>();
            for (Way way : Way.values()) all.add(Observed.start(way, closing));
            closer.start();
            for (Way way : Way.values()) all.add(Observed.start(way, closing));

            all.forEach(Observed::endedOnce);
            Events.await(close);
        }
    }

    private static Way anyAsynchronousWay(Random random) {
        return random.nextBoolean() ? Way.ASYNCHRONOUS : Way.STREAMING;
    }

    private static void spin(Random random) {
        for (int i = random.nextInt(200_000); i > 0; i--) Thread.onSpinWait();
    }

    private static Script anyAnswer(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> to -> to.reset();
            case 1 -> ChatScripts.status(500, "{}");
            case 2 ->
                to -> {
                    ChatScripts.beginStream(to).chunk(ChatScripts.piece("a")).chunk(ChatScripts.piece("b"));
                    to.close();
                };
            default -> ChatScripts.chat("a", "b", "c", "d", "e");
        };
    }
}
