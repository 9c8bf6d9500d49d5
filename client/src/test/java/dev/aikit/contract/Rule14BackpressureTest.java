package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Rule 14: a slow listener slows down the server of its own stream, and nobody else. */
class Rule14BackpressureTest extends ServerTest {
    private static final int PIECES = 4000;
    private static final int PIECE_BYTES = 16 * 1024;

    private final AtomicLong written = new AtomicLong();

    private void serveMuch(int pieces, int pieceBytes) {
        server.then(to -> {
            String piece = ChatScripts.piece("x".repeat(pieceBytes));
            ChatScripts.beginStream(to);
            for (int i = 0; i < pieces; i++) {
                to.chunk(piece);
                written.addAndGet(piece.length());
            }
            ChatScripts.endStream(to);
        });
    }

    /** The server is stuck when it gets nothing written while another call is answered many times over. */
    private void awaitServerStuck() {
        long before;
        do {
            before = written.get();
            for (int i = 0; i < 50; i++)
                assertThat(client.models().list(p -> p.maxRetries(0)).success()).isTrue();
        } while (written.get() > before);
    }

    @Test
    void aListenerThatBlocksStopsTheServerAndOtherCallsGoOn() {
        serveMuch(PIECES, PIECE_BYTES);
        server.otherwise(ChatScripts.status(200, "{\"data\":[]}", ChatScripts.JSON));
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger pieces = new AtomicInteger();
        OpenAICall<OpenAIChatCompletionsResult> slow = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.onData(piece -> {
                            inside.countDown();
                            Events.await(gate);
                            pieces.incrementAndGet();
                        }));
        Events.await(inside);

        awaitServerStuck();
        long most = (long) PIECES * PIECE_BYTES;
        assertThat(written.get()).isLessThan(most / 3); // the sockets' own buffers hold some megabytes
        assertThat(slow.isDone()).isFalse();
        gate.countDown();

        OpenAIChatCompletionsResult result = Events.await(slow.future());
        assertThat(result.success()).as("%s", result).isTrue();
        assertThat(result.choice().text()).hasSize(PIECES * PIECE_BYTES);
        assertThat(pieces.get()).isGreaterThanOrEqualTo(PIECES);
    }

    @Test
    void aStreamThatIsHeldBackCanBeCancelled() {
        serveMuch(PIECES, PIECE_BYTES);
        server.otherwise(ChatScripts.status(200, "{\"data\":[]}", ChatScripts.JSON));
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        OpenAICall<OpenAIChatCompletionsResult> slow = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.onData(piece -> {
                            inside.countDown();
                            Events.await(gate);
                        }));
        Events.await(inside);
        awaitServerStuck();

        slow.cancel();

        server.awaitPeerClosed(1); // though its listener is still in its first piece
        gate.countDown();
        assertThat(Events.await(slow.future()).errors().get(0).isCancelled()).isTrue();
    }

    @RepeatedTest(3)
    void aListenerThatIsNowFastNowSlowMissesNothing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int pieces = 20_000;
        serveMuch(pieces, 200);
        AtomicInteger heard = new AtomicInteger();

        OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.onData(piece -> {
                            heard.incrementAndGet();
                            if (random.nextInt(500) == 0) for (int i = 0; i < 200_000; i++) Thread.onSpinWait();
                        }));

        assertThat(Events.await(call.future()).success()).isTrue();
        assertThat(heard.get()).isGreaterThanOrEqualTo(pieces);
    }
}
