package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIMessage;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.Answers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose pieces come faster than they are heard lets others have their turn on its thread. */
class Rule14TurnsTest extends ServerTest {
    private static final int PIECES = 3_000;
    private static final int MOST_IN_ONE_TURN = 100;

    private final ExecutorService one = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        one.shutdownNow();
    }

    @Test
    void hundredsOfPiecesAreHeardInSeveralTurns() {
        server.then(to -> to.answer(
                200,
                Answers.unfinished(Collections.nCopies(PIECES, "x").toArray(new String[0])) + "data: [DONE]\n\n",
                "content-type: text/event-stream"));
        List<AtomicInteger> turns = new ArrayList<>();
        client.chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user("Go on.")),
                        p -> p.on(task -> one.execute(() -> {
                                    turns.add(new AtomicInteger());
                                    task.run();
                                }))
                                .onData(piece -> turns.get(turns.size() - 1).incrementAndGet()))
                .future()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(turns.stream().mapToInt(AtomicInteger::get).sum())
                .isEqualTo(1 + PIECES); // the first one says who speaks
        assertThat(turns).allSatisfy(turn -> assertThat(turn).hasValueLessThan(MOST_IN_ONE_TURN));
    }
}
