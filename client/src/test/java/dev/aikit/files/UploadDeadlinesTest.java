package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Events;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which deadline is for which part of an upload; on a clock that the test moves. */
class UploadDeadlinesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LENGTH = 100L << 20;

    private final ScriptedServer server = ScriptedServer.start();
    private final ManualClock clock = new ManualClock();
    private final OpenAI client = Clients.withClock(
            OpenAIConfiguration.defaults()
                    .baseURL(server.uri("/v1").toString())
                    .maxRetries(0)
                    .timeout(Duration.ofDays(1))
                    .firstByteTimeout(LIMIT)
                    .idleTimeout(LIMIT),
            clock);
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private OpenAICall<OpenAIFileResult> upload(ZerosStream stream) {
        return client.files()
                .create(
                        FileSource.of("zeros", LENGTH, () -> stream),
                        "batch",
                        p -> p.onProgress(progress -> {
                            sent.set(progress.bytes());
                            if (progress.bytes() == progress.total()) all.complete(null);
                        }));
    }

    private static void until(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ScriptedServer.LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aServerThatTakesNothingMoreEndsItByTheLimitForSilence() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.thenBeforeBody(to -> {
            to.skip(1_000_000).await(gate);
            to.awaitPeerClosed();
        });
        ZerosStream stream = ZerosStream.of(LENGTH);
        OpenAICall<OpenAIFileResult> call = upload(stream);
        until(() -> sent.get() > 1_000_000);
        // While pieces still fit into the sockets the limit moves away: sooner or later it does not.
        until(() -> {
            clock.advance(LIMIT);
            return call.isDone();
        });
        OpenAIError error = Way.ended(call).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.IDLE_TIMEOUT);
        assertThat(error.message()).contains("the server took nothing", "20 s", "idleTimeout");
        Events.await(stream.closed);
        assertThat(stream.read.get()).isLessThan(LENGTH);
        gate.countDown();
        server.awaitPeerClosed(1);
    }

    @Test
    void sendingMayTakeAsLongAsItMovesAndThenTheFirstByteIsWaitedFor() throws Exception {
        Semaphore steps = new Semaphore(0);
        server.thenBeforeBody(to -> {
            for (int i = 0; i < 9; i++) {
                steps.acquire();
                to.skip(10 << 20);
            }
            steps.acquire();
            to.awaitPeerClosed();
        });
        OpenAICall<OpenAIFileResult> call = upload(ZerosStream.of(LENGTH));
        until(() -> sent.get() > 0);
        for (int i = 0; i < 9; i++) {
            long before = sent.get();
            steps.release();
            until(() -> sent.get() >= before + (1 << 20) || all.isDone());
            clock.advance(LIMIT.minusSeconds(1)); // three minutes in all
            assertThat(call.isDone()).isFalse();
        }
        steps.release();
        Events.await(all);

        clock.advance(LIMIT.minusNanos(1));
        assertThat(call.isDone()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);
        server.awaitPeerClosed(1);
    }

    @Test
    void timeInWhichTheSourceIsWaitedForIsNotTheServers() throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        ZerosStream stream = ZerosStream.blocking(LENGTH, 200_000);
        OpenAICall<OpenAIFileResult> call = upload(stream);
        Events.await(stream.blocked);
        until(() -> sent.get() > 200_000);
        clock.advance(Duration.ofHours(1));
        assertThat(call.isDone()).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
        Events.await(stream.closed);
    }
}
