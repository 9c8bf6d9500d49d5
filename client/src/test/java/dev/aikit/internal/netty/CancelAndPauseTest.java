package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An exchange does as it is told: stops at once, pauses down to the socket, goes on. */
class CancelAndPauseTest extends TransportTest {
    private static final int SMALL = 1_000;
    private static final long LARGE = 50_000_000;
    /** More than the system's buffers for a socket take up, less than all. */
    private static final long BUFFERED_AT_MOST = 25_000_000;

    @Test
    void cancelBeforeTheHeadClosesTheConnection() {
        server.then(to -> to.awaitPeerClosed());
        Recorder recorder = client.send(Client.get(server.uri("/")));
        server.takeRequest();

        client.on(recorder, exchange -> exchange.cancel());

        server.awaitPeerClosed(1);
        assertThat(recorder.events).containsExactly("connected");
    }

    @Test
    void cancelInTheMiddleOfTheBodyClosesTheConnection() {
        server.then(
                to -> to.head(200, "transfer-encoding: chunked").chunk("one").awaitPeerClosed());
        Recorder recorder = client.send(Client.get(server.uri("/")));
        recorder.awaitBody(3);

        client.on(recorder, exchange -> exchange.cancel());

        server.awaitPeerClosed(1);
        assertThat(recorder.events).containsExactly("connected", "head 200", "body 3");
    }

    @Test
    void cancelWhileTheRequestIsBeingWrittenClosesTheConnection() {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        Recorder recorder = client.send(Client.post(server.uri("/"), "x".repeat(30_000_000)));
        server.takeRequest();

        client.on(recorder, exchange -> exchange.cancel());

        server.awaitPeerClosed(1);
    }

    @Test
    void cancelBeforeTheConnectionIsThereLeavesNothing() {
        Recorder recorder = new Recorder();
        client.onLoop(() -> {
            var exchange = client.loop.open(Client.get(server.uri("/")), Duration.ofSeconds(30), recorder);
            exchange.cancel();
            exchange.cancel();
            exchange.release();
            exchange.reading(false);
            exchange.reading(true);
            return null;
        });

        server.otherwise(to -> to.answer(200, "ok"));
        client.send(Client.get(server.uri("/second"))).awaitEnd();
        assertThat(server.takeRequest().target()).isEqualTo("/second");
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void cancelFromWithinAnEventIsTheLast() {
        server.otherwise(to -> to.answer(200, "body"));

        Recorder inHead = client.send(Client.get(server.uri("/")), new Recorder() {
            @Override
            public void head(HttpHead received) {
                super.head(received);
                exchange().cancel();
            }
        });
        inHead.awaitHead();
        server.awaitPeerClosed(1);
        Recorder inBody = client.send(Client.get(server.uri("/")), new Recorder() {
            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                exchange().cancel();
            }
        });
        inBody.awaitBody(4);
        client.send(Client.get(server.uri("/"))).awaitEnd();

        assertThat(inHead.events).containsExactly("connected", "head 200");
        assertThat(inBody.events).containsExactly("connected", "head 200", "body 4");
    }

    @Test
    void cancelAfterTheEndDoesNoHarmToTheNextOnTheConnection() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.answer(200, "first")).then(to -> to.await(gate).answer(200, "second"));
        Recorder first = client.send(Client.get(server.uri("/")));
        first.awaitEnd();
        Recorder second = client.send(Client.get(server.uri("/")));
        second.awaitConnected();

        client.on(first, exchange -> {
            exchange.cancel();
            exchange.release();
            exchange.reading(false);
        });
        gate.countDown();

        assertThat(second.awaitEnd()).isEqualTo("second");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aPauseStopsTheServersWritingUntilItIsOver() throws Exception {
        CompletableFuture<Long> writtenInPause = new CompletableFuture<>();
        CountDownLatch resumed = new CountDownLatch(1);
        server.then(to -> {
            to.head(200, "content-length: " + (SMALL + LARGE)).raw(new byte[SMALL]);
            long written = to.writeUntilStalled(LARGE);
            writtenInPause.complete(written);
            to.await(resumed);
            to.writeAll(LARGE - written);
        });
        Recorder recorder = client.send(Client.get(server.uri("/")), new Recorder() {
            private boolean begun;

            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                if (!begun) exchange().reading(false);
                begun = true;
            }
        });

        assertThat(writtenInPause.get(30, TimeUnit.SECONDS)).isLessThan(BUFFERED_AT_MOST);
        assertThat(client.onLoop(recorder::received)).isLessThan(1_000_000);
        assertThat(recorder.events).hasSize(3);

        resumed.countDown();
        client.on(recorder, exchange -> exchange.reading(true));
        recorder.awaitEnd();
        assertThat(recorder.received()).isEqualTo((int) (SMALL + LARGE));
    }

    @Test
    void nothingIsHandedOverWhilePausedAndNothingIsLost() {
        server.then(to -> to.answer(200, "body")).then(to -> to.answer(200, "next"));
        Recorder recorder = client.send(Client.get(server.uri("/")), new PausedByHead());
        recorder.awaitHead();

        // All of the answer came in one read: the connection is free, and what was read is kept.
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("next");
        assertThat(recorder.events).containsExactly("connected", "head 200");
        assertThat(server.connections()).isEqualTo(1);

        client.on(recorder, exchange -> exchange.reading(true));
        assertThat(recorder.awaitEnd()).isEqualTo("body");
        assertThat(recorder.events).containsExactly("connected", "head 200", "body 4", "end");
    }

    @Test
    void aPauseThatBeginsBeforeTheConnectionIsThereStopsAtTheSocketToo() throws Exception {
        CompletableFuture<Long> written = new CompletableFuture<>();
        server.then(to -> {
            to.head(200, "content-length: " + LARGE);
            written.complete(to.writeUntilStalled(LARGE));
            to.awaitPeerClosed();
        });
        Recorder recorder = new Recorder();
        client.onLoop(() -> {
            recorder.exchange.complete(client.loop.open(Client.get(server.uri("/")), Duration.ofSeconds(30), recorder));
            recorder.exchange().reading(false);
            return null;
        });

        assertThat(written.get(30, TimeUnit.SECONDS)).isLessThan(BUFFERED_AT_MOST);
        assertThat(recorder.events).containsExactly("connected");

        client.on(recorder, exchange -> exchange.reading(true));
        recorder.awaitBody(1_000_000);
        client.on(recorder, exchange -> exchange.cancel());
        server.awaitPeerClosed(1);
    }

    @Test
    void aPauseWithinAPauseHolds() throws Exception {
        int size = 300_000; // several pieces, for no piece is larger than 64 KB
        server.then(to -> to.head(200, "transfer-encoding: chunked")
                .chunk("x".repeat(size))
                .raw("0\r\n\r\n"));
        Semaphore pieces = new Semaphore(0);
        Recorder recorder = client.send(Client.get(server.uri("/")), new PausedByHead() {
            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                exchange().reading(false);
                pieces.release();
            }
        });
        recorder.awaitHead();

        int seen = 0;
        for (; recorder.text().length() < size; seen++) {
            client.on(recorder, exchange -> exchange.reading(true));
            assertThat(pieces.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            client.on(recorder, exchange -> {}); // what was to come at once has come
            assertThat(pieces.availablePermits()).isZero();
        }
        assertThat(seen).isGreaterThan(3);
        assertThat(recorder.events).doesNotContain("end");
        client.on(recorder, exchange -> exchange.reading(true));
        recorder.awaitEnd();
    }

    @Test
    void cancelInAPauseClosesTheConnectionAndDropsWhatIsKept() {
        server.then(to -> to.head(200, "content-length: 100").raw("part").awaitPeerClosed());
        Recorder recorder = client.send(Client.get(server.uri("/")), new PausedByHead());
        recorder.awaitHead();

        client.on(recorder, exchange -> exchange.cancel());

        server.awaitPeerClosed(1);
        assertThat(recorder.events).containsExactly("connected", "head 200");
    }

    @Test
    void releaseInAPauseReadsOn() {
        server.then(to -> to.head(200, "content-length: 8").raw("partrest")).then(to -> to.answer(200, "next"));
        Recorder recorder = client.send(Client.get(server.uri("/")), new PausedByHead());
        recorder.awaitHead();

        client.on(recorder, exchange -> exchange.release());

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("next");
    }

    @Test
    void aFailureInAPauseIsToldAfterIt() {
        CountDownLatch paused = new CountDownLatch(1);
        server.then(to -> to.raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\npart\r\nnonsense\r\n")
                .await(paused)
                .close());
        Recorder recorder = client.send(Client.get(server.uri("/")), new PausedByHead());
        recorder.awaitHead();
        paused.countDown();
        assertThat(recorder.events).containsExactly("connected", "head 200");

        client.on(recorder, exchange -> exchange.reading(true));

        assertThat(recorder.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(recorder.events).containsExactly("connected", "head 200", "body 4", "failed PROTOCOL");
    }

    static class PausedByHead extends Recorder {
        @Override
        public void head(HttpHead received) {
            exchange().reading(false);
            super.head(received);
        }
    }
}
