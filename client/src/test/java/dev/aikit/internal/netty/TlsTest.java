package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Secure connections: which protocol, whose certificate. */
class TlsTest {
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate SERVER = new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .signedBy(AUTHORITY)
            .build();
    private static final HandshakeCertificates SERVER_SIDE = new HandshakeCertificates.Builder()
            .heldCertificate(SERVER)
            .addTrustedCertificate(AUTHORITY.certificate())
            .build();
    private static final HandshakeCertificates CLIENT_SIDE = new HandshakeCertificates.Builder()
            .addTrustedCertificate(AUTHORITY.certificate())
            .build();

    private final MockWebServer server = new MockWebServer();
    private Client client = new Client(agent -> agent.sslContext(CLIENT_SIDE.sslContext()));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private URI start(HandshakeCertificates certificates, String host) throws Exception {
        server.useHttps(certificates.sslSocketFactory());
        server.start();
        return URI.create("https://" + host + ":" + server.getPort() + "/v1/models");
    }

    private RecordedRequest take() throws InterruptedException {
        return server.takeRequest(30, TimeUnit.SECONDS);
    }

    private void answer(String... bodies) {
        for (String body : bodies)
            server.enqueue(new MockResponse.Builder().body(body).build());
    }

    @Test
    void speaksHttp2WithAServerThatKnowsIt() throws Exception {
        URI uri = start(SERVER_SIDE, "localhost");
        answer("one", "two");

        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("one");
        assertThat(client.send(Client.post(uri, "{\"a\":1}")).awaitEnd()).isEqualTo("two");

        RecordedRequest first = take();
        RecordedRequest second = take();
        assertThat(first.getVersion()).isEqualTo("HTTP/2");
        assertThat(first.getHandshakeServerNames()).containsExactly("localhost");
        assertThat(second.getConnectionIndex()).isEqualTo(first.getConnectionIndex());
        assertThat(second.getExchangeIndex()).isEqualTo(1);
        assertThat(second.getMethod()).isEqualTo("POST");
        assertThat(second.getTarget()).isEqualTo("/v1/models");
        assertThat(second.getBody().utf8()).isEqualTo("{\"a\":1}");
        assertThat(second.getHeaders().get("content-length")).isEqualTo("7");
    }

    @Test
    void speaksHttp11WithAServerThatChoosesIt() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        URI uri = start(SERVER_SIDE, "localhost");
        answer("one", "two");

        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("one");
        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("two");

        RecordedRequest first = take();
        assertThat(first.getVersion()).isEqualTo("HTTP/1.1");
        assertThat(first.getHeaders().get("host")).isEqualTo("localhost:" + server.getPort());
        assertThat(take().getConnectionIndex()).isEqualTo(first.getConnectionIndex());
    }

    @Test
    void speaksHttp11WithAServerThatDoesNotKnowAlpn() throws Exception {
        server.setProtocolNegotiationEnabled(false);
        URI uri = start(SERVER_SIDE, "localhost");
        answer("one");

        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("one");
        assertThat(take().getVersion()).isEqualTo("HTTP/1.1");
    }

    @Test
    void acceptsAnAddressThatStandsInTheCertificate() throws Exception {
        URI uri = start(SERVER_SIDE, "127.0.0.1");
        answer("one");

        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("one");
        assertThat(take().getHandshakeServerNames()).isEmpty();
    }

    @Test
    void waitsForTheFirstConnectionToLearnTheProtocol() throws Exception {
        URI uri = start(SERVER_SIDE, "localhost");
        List<Recorder> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) answer("ok");
        for (int i = 0; i < 64; i++) all.add(client.send(Client.get(uri)));

        for (Recorder recorder : all) assertThat(recorder.awaitEnd()).isEqualTo("ok");
        for (int i = 0; i < 64; i++) assertThat(take().getConnectionIndex()).isZero();
    }

    @Test
    void opensAConnectionForEachWhereTheServerSpeaksHttp11() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        URI uri = start(SERVER_SIDE, "localhost");
        for (int i = 0; i < 4; i++)
            server.enqueue(new MockResponse.Builder()
                    .body("ok")
                    .headersDelay(200, TimeUnit.MILLISECONDS)
                    .build());
        List<Recorder> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) all.add(client.send(Client.get(uri)));

        for (Recorder recorder : all) assertThat(recorder.awaitEnd()).isEqualTo("ok");
        List<Integer> connections = new ArrayList<>();
        for (int i = 0; i < 4; i++) connections.add(take().getConnectionIndex());
        assertThat(connections).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        client.close();
        client = new Client();
        URI uri = start(SERVER_SIDE, "localhost");

        TransportFailure failure = client.send(Client.get(uri)).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageStartingWith("no secure connection to localhost:" + server.getPort() + ": ");
        assertThat(failure).hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        HeldCertificate other = new HeldCertificate.Builder()
                .addSubjectAlternativeName("other.example")
                .signedBy(AUTHORITY)
                .build();
        URI uri =
                start(new HandshakeCertificates.Builder().heldCertificate(other).build(), "localhost");

        TransportFailure failure = client.send(Client.get(uri)).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.TLS);
        assertThat(failure).hasMessageContaining("localhost");
    }

    @Test
    void tellsEveryoneWhoWaitedForTheConnectionThatFailed() throws Exception {
        client.close();
        client = new Client();
        URI uri = start(SERVER_SIDE, "localhost");
        List<Recorder> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) all.add(client.send(Client.get(uri)));

        for (Recorder recorder : all)
            assertThat(recorder.awaitFailure().reason()).isEqualTo(Reason.TLS);
    }

    @Test
    void showsAClientCertificateToAServerThatAsksForIt() throws Exception {
        HeldCertificate user = new HeldCertificate.Builder()
                .commonName("user")
                .signedBy(AUTHORITY)
                .build();
        client.close();
        client = new Client(agent -> agent.sslContext(new HandshakeCertificates.Builder()
                .heldCertificate(user)
                .addTrustedCertificate(AUTHORITY.certificate())
                .build()
                .sslContext()));
        server.requireClientAuth();
        URI uri = start(SERVER_SIDE, "localhost");
        answer("welcome");

        assertThat(client.send(Client.get(uri)).awaitEnd()).isEqualTo("welcome");
        assertThat(take().getHandshake().peerPrincipal()).hasToString("CN=user");
    }

    /** The server says so after the handshake, and closes: both race with the first request. */
    @RepeatedTest(20)
    void reportsThatAClientCertificateIsMissing(RepetitionInfo repetition) throws Exception {
        if (repetition.getCurrentRepetition() % 2 == 0) server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.requireClientAuth();
        URI uri = start(SERVER_SIDE, "localhost");

        TransportFailure failure = client.send(Client.get(uri)).awaitFailure();

        assertThat(failure.reason()).as(failure.toString()).isEqualTo(Reason.TLS);
    }

    @Test
    void reportsAServerThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            plain.setSoTimeout(30_000);
            Recorder recorder = client.send(Client.get(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/")));
            try (Socket accepted = plain.accept()) {
                accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());

                assertThat(recorder.awaitFailure().reason()).isEqualTo(Reason.TLS);
                assertThat(recorder.awaitFailure())
                        .hasMessageStartingWith("no secure connection to 127.0.0.1:" + plain.getLocalPort());
            }
        }
    }

    @Test
    void givesUpAServerThatDoesNotAnswerTheHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");

            TransportFailure failure = client.send(Client.get(uri), Duration.ofMillis(500), new Recorder())
                    .awaitFailure();

            assertThat(failure.reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(failure).hasMessageContaining("within 500 ms");
        }
    }

    @Test
    void knowsAnEndFromACut() {
        try (ScriptedServer tls = ScriptedServer.startTls(SERVER_SIDE.sslContext())) {
            tls.then(to -> to.head(200).raw("all of it").close())
                    .then(to -> to.head(200).raw("not all").cut())
                    .then(to -> to.answer(200, "again"));

            assertThat(client.send(Client.get(tls.uri("/"))).awaitEnd()).isEqualTo("all of it");
            Recorder cut = client.send(Client.get(tls.uri("/")));
            assertThat(cut.awaitFailure().reason()).isEqualTo(Reason.LOST);
            assertThat(cut.text()).isEqualTo("not all");
            assertThat(client.send(Client.get(tls.uri("/"))).awaitEnd()).isEqualTo("again");
        }
    }

    @Test
    void cancelDoesNotWaitForTheFarewell() {
        try (ScriptedServer tls = ScriptedServer.startTls(SERVER_SIDE.sslContext())) {
            tls.thenBeforeBody(to -> to.awaitPeerClosed());
            Recorder recorder = client.send(Client.post(tls.uri("/"), "x".repeat(30_000_000)));
            tls.takeRequest();

            client.on(recorder, exchange -> exchange.cancel());

            tls.awaitPeerClosed(1);
        }
    }

    @Test
    void sendsALargeBodyAndReportsAnEarlyAnswer() {
        try (ScriptedServer tls = ScriptedServer.startTls(SERVER_SIDE.sslContext())) {
            String body = "0123456789abcdef".repeat(200_000);
            tls.then(to -> to.answer(200, "ok"))
                    .thenBeforeBody(to ->
                            to.answer(413, "too much", "connection: close").awaitPeerClosed());

            client.send(Client.post(tls.uri("/"), body)).awaitEnd();
            assertThat(tls.takeRequest().text()).isEqualTo(body);
            assertThat(client.send(Client.post(tls.uri("/"), "x".repeat(30_000_000)))
                            .awaitEnd())
                    .isEqualTo("too much");
        }
    }

    @Test
    void pausesAndResumes() throws Exception {
        URI uri = start(SERVER_SIDE, "localhost");
        String body = "0123456789abcdef".repeat(500_000);
        answer(body);
        Recorder recorder = client.send(Client.get(uri), new CancelAndPauseTest.PausedByHead());
        recorder.awaitHead();
        assertThat(recorder.events).containsExactly("connected", "head 200");

        client.on(recorder, exchange -> exchange.reading(true));

        assertThat(recorder.awaitEnd()).isEqualTo(body);
    }
}
