package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testing.LogRecords;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Loops begin when needed, survive their listeners, and end when told. */
class LifecycleTest extends TransportTest {
    @Test
    void loopsAreDaemonThreadsAndAsManyAsTold() throws Exception {
        NettyTransport transport = new NettyTransport(HttpAgent.create(agent -> agent.ioThreads(3)), 16_384);
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 9; i++) {
            IoLoop loop = transport.nextLoop();
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            loop.execute(() -> thread.complete(Thread.currentThread()));
            Thread io = thread.get(30, TimeUnit.SECONDS);
            assertThat(io.isDaemon()).isTrue();
            assertThat(io.getName()).startsWith("aikit-io-");
            names.add(io.getName());
            assertThat(loop.isCurrentThread()).isFalse();
        }
        assertThat(names).hasSize(3);
        transport.close();
    }

    @Test
    void tasksRunInOrderAndTimersCanBeCancelled() throws Exception {
        List<String> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        client.onLoop(() -> {
            IoLoop.Timer never = client.loop.schedule(() -> order.add("never"), 1_000_000);
            client.loop.schedule(() -> order.add("soon"), 2_000_000);
            client.loop.schedule(done::countDown, 20_000_000);
            client.loop.execute(() -> order.add("second"));
            order.add("first");
            never.cancel();
            return null;
        });

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(client.onLoop(() -> order)).containsExactly("first", "second", "soon");
    }

    @Test
    void closeEndsWhatIsUnderWayAndTheThreads() throws Exception {
        server.otherwise(
                to -> to.head(200, "transfer-encoding: chunked").chunk("one").awaitPeerClosed());
        Thread io = client.onLoop(Thread::currentThread);
        Recorder streaming = client.send(Client.get(server.uri("/")));
        Recorder paused = client.send(Client.get(server.uri("/")), new Recorder() {
            @Override
            public void head(HttpHead received) {
                exchange().reading(false);
                super.head(received);
            }
        });
        streaming.awaitBody(3);
        paused.awaitHead();
        CountDownLatch given = new CountDownLatch(1);
        client.loop.execute(given::countDown);

        client.transport.close();

        assertThat(given.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(streaming.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThat(paused.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        server.awaitPeerClosed(1);
        server.awaitPeerClosed(2);
        io.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(io.isAlive()).isFalse();
        assertThatThrownBy(() -> client.transport.nextLoop().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> client.loop.schedule(() -> {}, 1)).isInstanceOf(RejectedExecutionException.class);
        client.transport.close();
    }

    @Test
    void namesAreLookedUpOnAThreadThatCloseEnds() throws Exception {
        client.send(Client.get(URI.create("http://no-such-host.invalid/"))).awaitFailure();
        List<Thread> lookUps = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aikit-dns-"))
                .toList();
        assertThat(lookUps).isNotEmpty().allMatch(Thread::isDaemon);
        Thread newest = lookUps.stream()
                .max(Comparator.comparingInt(
                        thread -> Integer.parseInt(thread.getName().substring(10))))
                .orElseThrow();

        client.transport.close();

        newest.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(newest.isAlive()).isFalse();
    }

    @Test
    void closeEndsWhatWaitsForAConnection() {
        Client small = new Client(agent -> agent.maxSockets(1));
        server.then(to -> to.awaitPeerClosed());
        Recorder first = small.send(Client.get(server.uri("/")));
        Recorder waiting = small.send(Client.get(server.uri("/")));
        Recorder connecting = small.send(Client.get(URI.create("http://no-such-host.invalid/")));
        server.takeRequest();

        small.close();

        assertThat(first.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThat(waiting.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThat(connecting.awaitFailure().reason()).isIn(Reason.CLOSED, Reason.DNS);
    }

    @Test
    void whatIsOpenedByATaskThatWasGivenBeforeTheCloseIsToldThatItIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Recorder late = new Recorder();
        client.loop.execute(() -> {
            try {
                closed.await();
            } catch (InterruptedException error) {
                throw new IllegalStateException(error);
            }
            client.loop.open(Client.get(server.uri("/")), Duration.ofSeconds(30), late);
        });
        client.transport.close();
        closed.countDown();

        assertThat(late.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void aTransportThatWasNeverUsedStartsNoThreadToClose() {
        NettyTransport transport = new NettyTransport(HttpAgent.defaults(), 16_384);
        transport.close();

        assertThatThrownBy(() -> transport.nextLoop().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aListenerThatThrowsEndsItsOwnExchangeOnly() {
        server.otherwise(to -> to.answer(200, "ok"));
        for (String where : new String[] {"connected", "head", "body"}) {
            Recorder throwing = client.send(Client.get(server.uri("/")), new Throwing(where));

            assertThat(throwing.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(throwing.awaitFailure()).hasRootCauseMessage("thrown in " + where);
            assertThat(throwing.events).endsWith("failed PROTOCOL").doesNotContain("end");
        }
        for (String where : new String[] {"end", "failed"}) {
            if (where.equals("failed")) server.then(to -> to.close());
            Recorder throwing = client.send(Client.get(server.uri("/")), new Throwing(where));
            if (where.equals("end")) throwing.awaitEnd();
            else throwing.awaitFailure();
        }
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("ok");
    }

    @Test
    void aListenerThatThrowsIsReported() {
        server.otherwise(to -> to.answer(200, "ok"));
        try (LogRecords log = LogRecords.of(Inbox.class.getName())) {
            client.send(Client.get(server.uri("/")), new Throwing("end")).awaitEnd();
            client.onLoop(() -> null);

            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith("SEVERE")
                    .contains("thrown in end");
        }
    }

    private static final class Throwing extends Recorder {
        private final String where;

        Throwing(String where) {
            this.where = where;
        }

        private void maybe(String event) {
            if (event.equals(where)) throw new IllegalStateException("thrown in " + event);
        }

        @Override
        public void connected() {
            super.connected();
            maybe("connected");
        }

        @Override
        public void head(HttpHead received) {
            super.head(received);
            maybe("head");
        }

        @Override
        public void body(ByteBuffer bytes) {
            super.body(bytes);
            maybe("body");
        }

        @Override
        public void end() {
            super.end();
            maybe("end");
        }

        @Override
        public void failed(TransportFailure reason) {
            super.failed(reason);
            maybe("failed");
        }
    }
}
