package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ReceivedRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire of a plain connection, and what is made of the answer. */
class Http1Test extends TransportTest {
    @Test
    void reportsConnectedHeadBodyAndEndInThisOrder() {
        server.then(to -> to.answer(201, "hello", "X-Request-Id: r1", "x-two: a", "x-two: b"));

        Recorder answer = client.send(Client.get(server.uri("/v1/models")));

        assertThat(answer.awaitEnd()).isEqualTo("hello");
        assertThat(answer.events).containsExactly("connected", "head 201", "body 5", "end");
        assertThat(answer.awaitHead().statusText()).isEqualTo("Scripted");
        assertThat(answer.awaitHead().headers())
                .containsExactly(
                        Map.entry("x-request-id", List.of("r1")),
                        Map.entry("x-two", List.of("a", "b")),
                        Map.entry("content-length", List.of("5")));
    }

    @Test
    void sendsTheHeadersInOrderAndItsOwnHostAndContentLength() {
        server.then(to -> to.answer(200, ""));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("authorization", "Bearer k");
        headers.put("content-type", "application/json");
        headers.put("x-last", "ü");

        client.send(new HttpCall("POST", server.uri("/v1/a%20b?x=1%2F2&y"), headers, new byte[] {1, 2, 3}))
                .awaitEnd();

        ReceivedRequest request = server.takeRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/a%20b?x=1%2F2&y");
        assertThat(request.headers())
                .containsExactly(
                        Map.entry("host", List.of("127.0.0.1:" + server.port())),
                        Map.entry("authorization", List.of("Bearer k")),
                        Map.entry("content-type", List.of("application/json")),
                        Map.entry("x-last", List.of("ü")),
                        Map.entry("content-length", List.of("3")));
        assertThat(request.body()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void saysThatABodyIsEmptyWhereTheMethodHasOne(String method) {
        server.then(to -> to.answer(200, ""));

        client.send(new HttpCall(method, server.uri("/"), Map.of(), new byte[0]))
                .awaitEnd();

        assertThat(server.takeRequest().header("content-length")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "HEAD"})
    void saysNothingOfABodyWhereThereIsNone(String method) {
        server.then(to -> to.answer(200, ""));

        client.send(new HttpCall(method, server.uri("/"), Map.of(), new byte[0]))
                .awaitEnd();

        ReceivedRequest request = server.takeRequest();
        assertThat(request.header("content-length")).isNull();
        assertThat(request.header("transfer-encoding")).isNull();
        assertThat(request.header("accept-encoding")).isNull();
        assertThat(request.header("upgrade")).isNull();
    }

    @Test
    void encodesWhatIsNotAsciiInTheAddress() {
        server.then(to -> to.answer(200, ""));

        client.send(Client.get(URI.create(server.uri("/modèle?q=ü").toString())))
                .awaitEnd();

        assertThat(server.takeRequest().target()).isEqualTo("/mod%C3%A8le?q=%C3%BC");
    }

    @Test
    void asksForTheRootWhereTheAddressHasNoPath() {
        server.then(to -> to.answer(200, ""));

        client.send(Client.get(server.uri("?a=b"))).awaitEnd();

        assertThat(server.takeRequest().target()).isEqualTo("/?a=b");
    }

    @Test
    void sendsHeadAndBodyInOneWrite() {
        server.otherwise(to -> to.answer(200, ""));

        for (int i = 0; i < 20; i++) {
            client.send(Client.post(server.uri("/"), "x".repeat(4_000))).awaitEnd();
            assertThat(server.takeRequest().inOneRead()).as("request %s", i).isTrue();
        }
    }

    @Test
    void sendsALargeBodyWhole() {
        server.then(to -> to.answer(200, ""));
        String body = "0123456789abcdef".repeat(200_000);

        client.send(Client.post(server.uri("/"), body)).awaitEnd();

        assertThat(server.takeRequest().text()).isEqualTo(body);
    }

    @Test
    void refusesAHeaderThatWouldBreakTheRequestWithoutQuotingIt() {
        Recorder refused = client.send(
                new HttpCall("GET", server.uri("/"), Map.of("authorization", "secret\r\nx: y"), new byte[0]));

        TransportFailure failure = refused.awaitFailure();
        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure).hasMessageContaining("authorization").message().doesNotContain("secret");
        assertThat(server.connections()).isZero();
    }

    @Test
    void handsOverChunksAsTheyCome() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        server.then(to -> to.head(200, "transfer-encoding: chunked")
                .chunk("one")
                .await(second)
                .chunk("two")
                .chunk(""));

        Recorder answer = client.send(Client.get(server.uri("/")));
        answer.awaitBody(3);
        assertThat(answer.text()).isEqualTo("one");
        second.countDown();

        assertThat(answer.awaitEnd()).isEqualTo("onetwo");
    }

    @Test
    void handsOverAnAnswerThatComesByteByByte() {
        server.then(to -> {
            for (byte b : "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhällo\r\n0\r\n\r\n"
                    .replace("5", "6")
                    .getBytes("UTF-8")) to.raw(new byte[] {b});
        });

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("hällo");
    }

    @Test
    void readsLinesThatEndInABareLineFeed() {
        server.then(to -> to.raw("HTTP/1.1 200 OK\ncontent-length: 2\n\nhi"));

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("hi");
    }

    @Test
    void passesOverInterimAnswers() {
        server.then(to -> to.raw("HTTP/1.1 100 Continue\r\n\r\n")
                .raw("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")
                .answer(200, "done"));

        Recorder answer = client.send(Client.get(server.uri("/")));

        assertThat(answer.awaitEnd()).isEqualTo("done");
        assertThat(answer.events).containsExactly("connected", "head 200", "body 4", "end");
    }

    @Test
    void knowsThatTheAnswerToHeadHasNoBody() {
        server.then(to -> to.head(200, "content-length: 1000")).then(to -> to.answer(200, "next"));

        Recorder head = client.send(new HttpCall("HEAD", server.uri("/"), Map.of(), new byte[0]));
        assertThat(head.awaitEnd()).isEmpty();
        assertThat(head.awaitHead().header("content-length")).isEqualTo("1000");

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void knowsTheStatusesWithoutABody(int status) {
        server.then(to -> to.head(status)).then(to -> to.answer(200, "next"));

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEmpty();
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void takesTheClosingForTheEndWhereTheHeadNamesNoOther() {
        server.then(to -> to.head(200).raw("until the end").close())
                .then(to -> to.head(200).raw("of this side").halfClose().awaitPeerClosed());

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("until the end");
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("of this side");
        server.awaitPeerClosed(2);
    }

    @Test
    void doesNotTakeAResetForTheEnd() {
        CountDownLatch read = new CountDownLatch(1);
        server.then(to -> to.head(200).raw("cut").await(read).reset());

        Recorder answer = client.send(Client.get(server.uri("/")));
        answer.awaitBody(3);
        read.countDown();

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.LOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 100\r\n\r\npart",
                "transfer-encoding: chunked\r\n\r\n4\r\npart\r\n",
                "transfer-encoding: chunked\r\n\r\n4\r\npart\r\n0\r\n",
                "transfer-encoding: chunked\r\n\r\n8\r\npart"
            })
    void reportsABodyThatIsCut(String rest) {
        server.then(to -> to.raw("HTTP/1.1 200 OK\r\n" + rest).close());

        Recorder answer = client.send(Client.get(server.uri("/")));

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(answer.text()).isEqualTo("part");
        assertThat(answer.events).startsWith("connected", "head 200").doesNotContain("end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 100 Continue\r\n\r\n"})
    void reportsAnAnswerThatStopsBeforeItsHeadIsThere(String part) {
        server.then(to -> to.raw(part).close());

        Recorder answer = client.send(Client.get(server.uri("/")));

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(answer.awaitFailure()).hasMessageContaining("127.0.0.1:" + server.port());
        assertThat(answer.events).containsExactly("connected", "failed LOST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT HTTP AT ALL\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n"
            })
    void reportsWhatIsNotHttp(String nonsense) {
        server.then(to -> to.raw(nonsense).awaitPeerClosed());

        TransportFailure failure = client.send(Client.get(server.uri("/"))).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        server.awaitPeerClosed(1);
    }

    @Test
    void reportsAHeadOverTheLimit() {
        String long1 = "x".repeat(Client.MAX_HEADER_BYTES / 2);
        server.then(to -> to.head(200, "a: " + long1, "b: " + long1, "c: " + long1)
                        .awaitPeerClosed())
                .then(to -> to.raw("HTTP/1.1 200 " + long1 + long1 + long1).awaitPeerClosed())
                .then(to -> to.answer(200, "fits", "a: " + long1));

        assertThat(client.send(Client.get(server.uri("/"))).awaitFailure().reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(client.send(Client.get(server.uri("/"))).awaitFailure().reason())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("fits");
    }

    @Test
    void reportsAnAnswerThatComesBeforeTheRequestIsWritten() {
        server.thenBeforeBody(
                to -> to.answer(413, "too much", "connection: close").reset());

        Recorder answer = client.send(Client.post(server.uri("/"), "x".repeat(30_000_000)));

        assertThat(answer.awaitEnd()).isEqualTo("too much");
        assertThat(answer.awaitHead().status()).isEqualTo(413);
    }

    @Test
    void reusesAConnectionWhoseServerAnsweredBeforeItReadTheWholeRequest() {
        server.thenBeforeBody(to -> {
                    to.answer(200, "early");
                    to.readBody();
                })
                .then(to -> to.answer(200, "next"));

        assertThat(client.send(Client.post(server.uri("/"), "{}")).awaitEnd()).isEqualTo("early");
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void doesNotReuseAConnectionWhoseRequestWasNotWritten() {
        server.thenBeforeBody(to -> {
                    to.answer(413, "too much");
                    to.awaitPeerClosed();
                })
                .then(to -> to.answer(200, "fine"));

        assertThat(client.send(Client.post(server.uri("/"), "x".repeat(30_000_000)))
                        .awaitEnd())
                .isEqualTo("too much");
        server.awaitPeerClosed(1);
        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("fine");
    }
}
