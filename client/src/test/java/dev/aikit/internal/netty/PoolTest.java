package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connection an exchange gets, and what becomes of it afterwards. */
class PoolTest {
    private final ScriptedServer server = ScriptedServer.start();
    private Client client = new Client();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Recorder get() {
        return client.send(Client.get(server.uri("/")));
    }

    /** The number of the connection on which a request comes to the server. */
    private int connectionOf(Recorder recorder) {
        recorder.awaitEnd();
        return server.takeRequest().connection();
    }

    @Test
    void reusesAConnection() {
        server.otherwise(to -> to.answer(200, "ok"));

        assertThat(connectionOf(get())).isEqualTo(1);
        assertThat(connectionOf(get())).isEqualTo(1);
        assertThat(connectionOf(client.send(Client.post(server.uri("/"), "{}"))))
                .isEqualTo(1);
    }

    @Test
    void hasTheConnectionReadyWhenTheListenerHearsTheEnd() {
        server.otherwise(to -> to.answer(200, "ok"));
        Recorder second = new Recorder();
        Recorder first = new Recorder() {
            @Override
            public void end() {
                client.loop.open(Client.get(server.uri("/second")), Duration.ofSeconds(30), second);
                super.end();
            }
        };

        client.send(Client.get(server.uri("/first")), first);

        second.awaitEnd();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void doesNotGiveOneConnectionToTwoThatBeginAtTheSameTime() {
        server.otherwise(to -> to.answer(200, to.request().target()));
        client.send(Client.get(server.uri("/first"))).awaitEnd();
        Recorder within = new Recorder();

        Recorder outer = client.send(Client.get(server.uri("/outer")), new Recorder() {
            @Override
            public void connected() {
                client.loop.open(Client.get(server.uri("/within")), Duration.ofSeconds(30), within);
                super.connected();
            }
        });

        assertThat(outer.awaitEnd()).isEqualTo("/outer");
        assertThat(within.awaitEnd()).isEqualTo("/within");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void takesTheConnectionUsedLast() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).answer(200, "slow")).otherwise(to -> to.answer(200, "quick"));
        Recorder slow = get();
        server.takeRequest();
        assertThat(connectionOf(get())).isEqualTo(2);
        gate.countDown();
        slow.awaitEnd();

        assertThat(connectionOf(get())).isEqualTo(1);
        assertThat(connectionOf(get())).isEqualTo(1);
    }

    @Test
    void keepsOriginsApart() {
        server.otherwise(to -> to.answer(200, "ok"));
        assertThat(connectionOf(get())).isEqualTo(1);

        URI otherName = URI.create("http://localhost:" + server.port() + "/");

        assertThat(connectionOf(client.send(Client.get(otherName)))).isEqualTo(2);
    }

    @Test
    void respectsConnectionClose() {
        server.then(to -> to.answer(200, "ok", "connection: close")).otherwise(to -> to.answer(200, "ok"));

        assertThat(connectionOf(get())).isEqualTo(1);
        server.awaitPeerClosed(1);
        assertThat(connectionOf(get())).isEqualTo(2);
    }

    @Test
    void doesNotKeepAConnectionOfHttp10() {
        server.then(to -> to.raw("HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok"))
                .otherwise(to -> to.answer(200, "ok"));

        assertThat(connectionOf(get())).isEqualTo(1);
        server.awaitPeerClosed(1);
        assertThat(connectionOf(get())).isEqualTo(2);
    }

    @Test
    void dropsAnIdleConnectionThatTheServerCloses() throws Exception {
        server.otherwise(to -> to.answer(200, "ok"));
        assertThat(connectionOf(get())).isEqualTo(1);

        server.closeConnection(1);

        server.awaitPeerClosed(1);
        assertThat(connectionOf(get())).isEqualTo(2);
    }

    @Test
    void saysThatAConnectionWasStale() throws Exception {
        // The server closes on getting the second request: for the client the same as closing while the request is
        // under way.
        server.then(to -> to.answer(200, "ok")).then(to -> to.close()).then(to -> to.answer(200, "ok"));
        get().awaitEnd();

        Recorder stale = get();

        assertThat(stale.awaitFailure().reason()).isEqualTo(Reason.STALE);
        assertThat(stale.events).containsExactly("connected", "failed STALE");
        assertThat(get().awaitEnd()).isEqualTo("ok");
    }

    @Test
    void saysThatAConnectionWasStaleWhenItIsReset() {
        server.then(to -> to.answer(200, "ok")).then(to -> to.reset());
        get().awaitEnd();

        assertThat(get().awaitFailure().reason()).isEqualTo(Reason.STALE);
    }

    @Test
    void doesNotCallAConnectionStaleThatHasBegunToAnswer() {
        server.then(to -> to.answer(200, "ok")).then(to -> to.raw("HTTP/1.1 2").close());
        get().awaitEnd();

        assertThat(get().awaitFailure().reason()).isEqualTo(Reason.LOST);
    }

    @Test
    void closesAConnectionOnWhichMoreComesThanWasAskedFor() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.answer(200, "ok")
                        .await(gate)
                        .answer(200, "nobody asked")
                        .awaitPeerClosed())
                .otherwise(to -> to.answer(200, "right"));
        get().awaitEnd();

        gate.countDown();

        server.awaitPeerClosed(1);
        assertThat(get().awaitEnd()).isEqualTo("right");
    }

    @Test
    void closesAConnectionWhoseAnswerIsFollowedByMoreBytes() {
        server.then(to -> to.raw(
                                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong")
                        .awaitPeerClosed())
                .then(to -> to.raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHT")
                        .awaitPeerClosed())
                .otherwise(to -> to.answer(200, "right"));

        assertThat(get().awaitEnd()).isEqualTo("ok");
        assertThat(get().awaitEnd()).isEqualTo("ok");
        assertThat(get().awaitEnd()).isEqualTo("right");
        server.awaitPeerClosed(1);
        server.awaitPeerClosed(2);
    }

    @Test
    void closesAnIdleConnectionAfterItsTime() {
        client.close();
        client = new Client(agent -> agent.keepAlive(Duration.ofMillis(50)));
        server.otherwise(to -> to.answer(200, "ok"));
        get().awaitEnd();

        server.awaitPeerClosed(1);
    }

    @Test
    void keepsNoConnectionIfToldSo() {
        client.close();
        client = new Client(agent -> agent.keepAlive(Duration.ZERO));
        server.otherwise(to -> to.answer(200, "ok"));

        assertThat(connectionOf(get())).isEqualTo(1);
        assertThat(connectionOf(get())).isEqualTo(2);
        server.awaitPeerClosed(2);
    }

    @Test
    void opensNoMoreConnectionsThanAllowedAndServesInOrder() {
        client.close();
        client = new Client(agent -> agent.maxSockets(2));
        CountDownLatch gate = new CountDownLatch(1);
        server.otherwise(to -> to.await(gate).answer(200, to.request().target()));

        List<String> order = new ArrayList<>();
        List<Recorder> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String path = "/" + i;
            answers.add(client.send(Client.get(server.uri(path)), new Recorder() {
                @Override
                public void connected() {
                    order.add(path);
                    super.connected();
                }
            }));
        }
        server.takeRequest();
        server.takeRequest();
        gate.countDown();

        for (int i = 0; i < 8; i++) assertThat(answers.get(i).awaitEnd()).isEqualTo("/" + i);
        assertThat(client.onLoop(() -> order)).containsExactly("/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void sharesTheAllowedConnectionsAmongTheLoops() throws Exception {
        client.close();
        client = new Client(agent -> agent.maxSockets(3).ioThreads(4));
        CountDownLatch gate = new CountDownLatch(1);
        server.otherwise(to -> to.await(gate).answer(200, "ok"));
        List<Recorder> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Recorder recorder = new Recorder();
            var loop = client.transport.nextLoop();
            loop.execute(() -> loop.open(Client.get(server.uri("/")), Duration.ofSeconds(30), recorder));
            answers.add(recorder);
        }
        for (int i = 0; i < 3; i++) server.takeRequest();
        gate.countDown();
        answers.forEach(Recorder::awaitEnd);

        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void givesUpWaitingForAConnectionWhenItsTimeIsUp() {
        client.close();
        client = new Client(agent -> agent.maxSockets(1));
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).answer(200, "first")).then(to -> to.answer(200, "third"));
        Recorder first = get();
        first.awaitConnected();

        Recorder second = client.send(Client.get(server.uri("/")), Duration.ofMillis(50), new Recorder());
        Recorder third = get();

        assertThat(second.awaitFailure().reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
        assertThat(second.awaitFailure()).hasMessageContaining("50 ms").hasMessageContaining("all 1 connections");
        gate.countDown();
        assertThat(first.awaitEnd()).isEqualTo("first");
        assertThat(third.awaitEnd()).isEqualTo("third");
        assertThat(second.events).containsExactly("failed CONNECT_TIMEOUT");
    }

    @Test
    void leavesTheQueueWhenCancelled() {
        client.close();
        client = new Client(agent -> agent.maxSockets(1));
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).answer(200, "first")).then(to -> to.answer(200, "third"));
        Recorder first = get();
        first.awaitConnected();
        Recorder second = get();
        Recorder third = get();

        client.on(second, exchange -> exchange.cancel());
        gate.countDown();

        assertThat(first.awaitEnd()).isEqualTo("first");
        assertThat(third.awaitEnd()).isEqualTo("third");
        assertThat(second.events).isEmpty();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void servesTheNextOneWhenAConnectionIsLost() {
        client.close();
        client = new Client(agent -> agent.maxSockets(1));
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).close()).then(to -> to.answer(200, "second"));
        Recorder first = get();
        Recorder second = get();
        gate.countDown();

        assertThat(first.awaitFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(second.awaitEnd()).isEqualTo("second");
    }

    @Test
    void returnsTheConnectionOfAReleasedExchangeWhoseRestIsShortAndSoon() {
        client.close();
        client = new Client(agent -> agent.maxSockets(1));
        CountDownLatch released = new CountDownLatch(1);
        server.then(to -> to.head(200, "transfer-encoding: chunked")
                        .chunk("data: [DONE]\n\n")
                        .await(released)
                        .chunk("rest")
                        .chunk(""))
                .then(to -> to.answer(200, "next"));
        Recorder stream = get();
        stream.awaitBody(14);

        client.on(stream, exchange -> exchange.release());
        Recorder next = get();
        released.countDown();

        assertThat(next.awaitEnd()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(stream.events).containsExactly("connected", "head 200", "body 14");
    }

    @Test
    void closesTheConnectionOfAReleasedExchangeWhoseRestIsLong() {
        server.then(to -> {
            to.head(200, "content-length: 100000000").raw("start");
            to.writeUntilStalled(100_000_000);
            to.awaitPeerClosed();
        });
        Recorder stream = client.send(Client.get(server.uri("/")), new Recorder() {
            @Override
            public void head(HttpHead received) {
                super.head(received);
                exchange().release();
            }
        });
        stream.awaitHead();

        server.awaitPeerClosed(1);
    }

    @Test
    void closesTheConnectionOfAReleasedExchangeWhoseRestDoesNotCome() {
        server.then(to -> to.head(200, "content-length: 10").raw("start").awaitPeerClosed());
        Recorder stream = get();
        stream.awaitBody(5);

        client.on(stream, exchange -> exchange.release());

        server.awaitPeerClosed(1);
        assertThat(stream.events).containsExactly("connected", "head 200", "body 5");
    }
}
