package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure.Reason;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many exchanges on one connection, each for itself. */
class Http2Test {
    private H2Server server;
    private Client client = new Client(agent -> agent.sslContext(H2Server.trust()));

    Http2Test() throws Exception {
        server = new H2Server(100);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private void allowStreams(long most) throws Exception {
        server.close();
        server = new H2Server(most);
    }

    private Recorder get() {
        return client.send(Client.get(server.uri("/v1")));
    }

    @Test
    void sendsWhatHttp2WantsAndNothingOfHttp1() throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", "Bearer k");
        headers.put("connection", "keep-alive");
        Recorder answer =
                client.send(new HttpCall("POST", server.uri("/v1/a%20b?c=d"), headers, new byte[] {'h', 'i'}));

        H2Server.Stream stream = server.take();
        List<String> sent = new ArrayList<>();
        stream.headers.forEach(header -> sent.add(header.getKey() + "=" + header.getValue()));
        assertThat(sent)
                .containsExactlyInAnyOrder(
                        ":method=POST",
                        ":scheme=https",
                        ":authority=localhost:" + server.port(),
                        ":path=/v1/a%20b?c=d",
                        "authorization=Bearer k",
                        "content-length=2");
        assertThat(stream.body.get(30, TimeUnit.SECONDS)).isEqualTo("hi");
        stream.answer("ok");
        answer.awaitEnd();
    }

    @Test
    void reportsTheFinalHeadTheBodyAndTheEndButNoInterimHeadsAndNoTrailers() throws Exception {
        Recorder answer = get();
        server.take()
                .head("103", false, "link", "</a>")
                .head("200", false, "x-two", "a", "x-two", "b")
                .data("hello", false)
                .head("", true, "x-trailer", "t");

        assertThat(answer.awaitEnd()).isEqualTo("hello");
        assertThat(answer.events).containsExactly("connected", "head 200", "body 5", "end");
        assertThat(answer.awaitHead().headers()).containsExactly(Map.entry("x-two", List.of("a", "b")));
    }

    @Test
    void carriesManyAtATimeOnOneConnection() throws Exception {
        List<Recorder> answers = new ArrayList<>();
        for (int i = 0; i < 64; i++) answers.add(client.send(Client.get(server.uri("/" + i))));
        List<H2Server.Stream> streams = new ArrayList<>();
        for (int i = 0; i < 64; i++) streams.add(server.take());
        for (H2Server.Stream stream : streams)
            stream.answer(stream.headers.path().toString());

        for (int i = 0; i < 64; i++) assertThat(answers.get(i).awaitEnd()).isEqualTo("/" + i);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void opensAnotherConnectionWhenTheFirstIsFull() throws Exception {
        allowStreams(2);
        List<Recorder> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) answers.add(get());
        List<H2Server.Stream> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) streams.add(server.take());

        assertThat(streams).extracting(stream -> stream.connection(server)).containsExactly(0, 0, 1, 1, 2);
        for (H2Server.Stream stream : streams) stream.answer("ok");
        for (Recorder answer : answers) assertThat(answer.awaitEnd()).isEqualTo("ok");
    }

    @Test
    void waitsForAStreamWhereNoMoreConnectionsAreAllowed() throws Exception {
        allowStreams(1);
        client.close();
        client = new Client(agent -> agent.sslContext(H2Server.trust()).maxSockets(1));
        Recorder first = get();
        H2Server.Stream stream = server.take();
        Recorder second = get();
        Recorder late = client.send(Client.get(server.uri("/")), Duration.ofMillis(50), new Recorder());

        assertThat(late.awaitFailure().reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
        stream.answer("first");
        assertThat(first.awaitEnd()).isEqualTo("first");
        server.take().answer("second");
        assertThat(second.awaitEnd()).isEqualTo("second");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void cancelResetsTheStreamAndKeepsTheConnection() throws Exception {
        Recorder cancelled = get();
        H2Server.Stream stream = server.take().head("200", false).data("part", false);
        cancelled.awaitBody(4);

        client.on(cancelled, exchange -> exchange.cancel());

        assertThat(stream.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        Recorder next = get();
        server.take().answer("ok");
        assertThat(next.awaitEnd()).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(cancelled.events).containsExactly("connected", "head 200", "body 4");
    }

    @Test
    void aPauseHoldsUpItsOwnStreamOnly() throws Exception {
        Recorder paused = client.send(Client.get(server.uri("/")), new Recorder() {
            private boolean begun;

            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                if (!begun) exchange().reading(false);
                begun = true;
            }
        });
        H2Server.Stream large = server.take().head("200", false).zeros(12).data("", true);
        paused.awaitBody(1);
        server.pingPong(0);
        server.pingPong(0);
        assertThat(large.written.get()).isBetween(1L, 2L * H2Handler.STREAM_WINDOW);
        assertThat(paused.received()).isLessThan(100_000);

        // More than the window that streams share by default: it must not be used up by the one that waits.
        List<Recorder> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(get());
            server.take().head("200", false).zeros(1).data("", true);
        }
        for (Recorder other : others) {
            other.awaitEnd();
            assertThat(other.received()).isEqualTo(1024 * 1024);
        }
        assertThat(large.written.get()).isLessThan(2L * H2Handler.STREAM_WINDOW);

        client.on(paused, exchange -> exchange.reading(true));
        paused.awaitEnd();
        assertThat(paused.received()).isEqualTo(12 * 1024 * 1024);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void sendsALargeBody() throws Exception {
        String body = "0123456789abcdef".repeat(300_000);
        Recorder answer = client.send(Client.post(server.uri("/"), body));
        H2Server.Stream stream = server.take();

        assertThat(stream.body.get(30, TimeUnit.SECONDS)).isEqualTo(body);
        stream.answer("ok");
        answer.awaitEnd();
    }

    @Test
    void reportsAnAnswerThatComesBeforeTheRequestIsWritten() throws Exception {
        Recorder answer = client.send(Client.post(server.uri("/"), "x".repeat(30_000_000)));
        H2Server.Stream stream = server.take().readNoMore();
        stream.head("413", false).data("too much", true);

        assertThat(answer.awaitEnd()).isEqualTo("too much");
        assertThat(answer.awaitHead().status()).isEqualTo(413);
        assertThat(answer.awaitHead().statusText()).isEqualTo("Request Entity Too Large");
        assertThat(stream.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
    }

    @Test
    void releasePassesOverAShortRestAndResetsALongOne() throws Exception {
        Recorder shortRest = get();
        H2Server.Stream first = server.take().head("200", false).data("data: [DONE]\n\n", false);
        shortRest.awaitBody(14);
        client.on(shortRest, exchange -> exchange.release());
        first.data("rest", true);
        server.pingPong(0);
        assertThat(first.reset).isNotDone();

        Recorder longRest = get();
        H2Server.Stream second = server.take().head("200", false).data("start", false);
        longRest.awaitBody(5);
        client.on(longRest, exchange -> exchange.release());
        second.zeros(1);
        assertThat(second.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());

        Recorder endless = get();
        H2Server.Stream third = server.take().head("200", false).data("start", false);
        endless.awaitBody(5);
        client.on(endless, exchange -> exchange.release());
        assertThat(third.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());

        assertThat(shortRest.events).containsExactly("connected", "head 200", "body 14");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void closesAnIdleConnectionAfterItsTimeButNotABusyOne() throws Exception {
        client.close();
        client = new Client(agent -> agent.sslContext(H2Server.trust()).keepAlive(Duration.ofMillis(50)));
        Recorder busy = get();
        H2Server.Stream stream = server.take();
        Recorder quick = get();
        server.take().answer("quick");
        quick.awaitEnd();
        stream.answer("busy");
        assertThat(busy.awaitEnd()).isEqualTo("busy");

        server.awaitClosed(0);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsEndsItsOwnStreamOnly() throws Exception {
        Recorder other = get();
        H2Server.Stream otherStream = server.take();
        Recorder throwing = client.send(Client.get(server.uri("/")), new Recorder() {
            @Override
            public void head(HttpHead received) {
                throw new IllegalStateException("thrown");
            }
        });
        H2Server.Stream stream = server.take().head("200", false);

        assertThat(throwing.awaitFailure()).hasRootCauseMessage("thrown");
        assertThat(stream.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        otherStream.answer("fine");
        assertThat(other.awaitEnd()).isEqualTo("fine");
    }
}
