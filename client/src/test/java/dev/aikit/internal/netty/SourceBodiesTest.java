package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.internal.multipart.Sources;
import dev.aikit.testkit.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Bodies that are read while they are sent, over HTTP/1.1, TLS and HTTP/2. */
class SourceBodiesTest {
    private static final long WINDOW_OF_HTTP2 = 65_535;

    private static HttpCall post(URI uri, HttpBody body) {
        return new HttpCall("POST", uri, Map.of("content-type", "text/plain"), body);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        for (int i = 0; i < length; i++) bytes[i] &= 0x7f; // the server of HTTP/2 keeps text
        return bytes;
    }

    /** Endless, and counted. */
    private static final class Endless extends InputStream {
        final AtomicLong read = new AtomicLong();
        final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int offset, int most) {
            read.addAndGet(most);
            return most;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        HttpBody body() {
            return Sources.of(() -> this, -1);
        }

        void awaitClosed() throws InterruptedException {
            assertThat(closed.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void overHttp1WithALengthAndWithout() {
        byte[] bytes = random(1_000_001);
        try (ScriptedServer server = ScriptedServer.start();
                Client client = new Client()) {
            server.otherwise(to -> to.answer(200, "ok"));
            assertThat(client.send(post(server.uri("/"), Sources.of(bytes))).awaitEnd())
                    .isEqualTo("ok");
            var known = server.takeRequest();
            assertThat(known.header("content-length")).isEqualTo("1000001");
            assertThat(known.body()).isEqualTo(bytes);
            assertThat(client.send(post(server.uri("/"), Sources.of(() -> new ByteArrayInputStream(bytes), -1)))
                            .awaitEnd())
                    .isEqualTo("ok");
            var unknown = server.takeRequest();
            assertThat(unknown.header("transfer-encoding")).isEqualTo("chunked");
            assertThat(unknown.header("content-length")).isNull();
            assertThat(unknown.body()).isEqualTo(bytes);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void overHttp1WithTls() {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        byte[] bytes = random(5_000_000);
        try (ScriptedServer server = ScriptedServer.startTls(new HandshakeCertificates.Builder()
                        .heldCertificate(certificate)
                        .build()
                        .sslContext());
                Client client = new Client(agent -> agent.sslContext(new HandshakeCertificates.Builder()
                        .addTrustedCertificate(certificate.certificate())
                        .build()
                        .sslContext()))) {
            server.then(to -> to.answer(200, "ok"));
            assertThat(client.send(post(server.uri("/"), Sources.of(bytes))).awaitEnd())
                    .isEqualTo("ok");
            assertThat(server.takeRequest().body()).isEqualTo(bytes);
        }
    }

    @Test
    void overHttp2WithALengthAndWithout() throws Exception {
        byte[] bytes = random(3_000_001);
        try (H2Server server = new H2Server(10);
                Client client = new Client(agent -> agent.sslContext(H2Server.trust()))) {
            Recorder known = client.send(post(server.uri("/"), Sources.of(bytes)));
            H2Server.Stream first = server.take();
            assertThat(first.headers.get("content-length")).hasToString("3000001");
            assertThat(first.body.get(30, TimeUnit.SECONDS).getBytes()).isEqualTo(bytes);
            first.answer("ok");
            assertThat(known.awaitEnd()).isEqualTo("ok");

            Recorder unknown =
                    client.send(post(server.uri("/"), Sources.of(() -> new ByteArrayInputStream(bytes), -1)));
            H2Server.Stream second = server.take();
            assertThat(second.headers.contains("content-length")).isFalse();
            assertThat(second.headers.contains("transfer-encoding")).isFalse();
            assertThat(second.body.get(30, TimeUnit.SECONDS).getBytes()).isEqualTo(bytes);
            second.answer("ok");
            assertThat(unknown.awaitEnd()).isEqualTo("ok");

            Recorder empty = client.send(post(server.uri("/"), Sources.of(new byte[0])));
            server.take().answer("ok");
            assertThat(empty.awaitEnd()).isEqualTo("ok");
        }
    }

    @Test
    void aStreamOfHttp2ThatIsNotReadHoldsUpItsOwnSourceOnly() throws Exception {
        Endless endless = new Endless();
        try (H2Server server = new H2Server(10);
                Client client = new Client(agent -> agent.sslContext(H2Server.trust()))) {
            Recorder held = client.send(post(server.uri("/"), endless.body()));
            H2Server.Stream stream = server.take().readNoMore();
            for (int i = 0; i < 20; i++) server.pingPong(0);
            long most = WINDOW_OF_HTTP2 + 8L * Upload.PIECE + 4 * 1024 * 1024;
            assertThat(endless.read.get()).isLessThan(most);

            client.on(held, exchange -> exchange.cancel());
            endless.awaitClosed();
            assertThat(stream.reset.get(30, TimeUnit.SECONDS)).isEqualTo(8L); // CANCEL
            Recorder next = client.send(Client.get(server.uri("/")));
            server.take().answer("next");
            assertThat(next.awaitEnd()).isEqualTo("next");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerOfHttp2ThatComesTooEarlyStopsTheReading() throws Exception {
        Endless endless = new Endless();
        try (H2Server server = new H2Server(10);
                Client client = new Client(agent -> agent.sslContext(H2Server.trust()))) {
            Recorder refused = client.send(post(server.uri("/"), endless.body()));
            server.take().readNoMore().head("413", false).data("too much", true);
            assertThat(refused.awaitEnd()).isEqualTo("too much");
            endless.awaitClosed();
        }
    }

    @Test
    void aSourceThatThrowsResetsItsStreamOnly() throws Exception {
        HttpBody torn = Sources.of(
                () -> new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("torn");
                    }
                },
                100);
        try (H2Server server = new H2Server(10);
                Client client = new Client(agent -> agent.sslContext(H2Server.trust()))) {
            Recorder failed = client.send(post(server.uri("/"), torn));
            H2Server.Stream stream = server.take();
            assertThat(failed.awaitFailure().reason()).isEqualTo(Reason.SOURCE);
            assertThat(failed.awaitFailure()).hasMessageContaining("torn");
            assertThat(stream.reset.get(30, TimeUnit.SECONDS)).isEqualTo(8L);
            Recorder next = client.send(Client.get(server.uri("/")));
            server.take().answer("next");
            assertThat(next.awaitEnd()).isEqualTo("next");
        }
    }

    @Test
    void aServerThatDoesNotReadHoldsUpTheSource() throws Exception {
        Endless endless = new Endless();
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start();
                Client client = new Client()) {
            server.thenBeforeBody(to -> {
                to.await(gate);
                to.awaitPeerClosed();
            });
            server.otherwise(to -> to.answer(200, "other"));
            Recorder held = client.send(post(server.uri("/"), endless.body()));
            server.takeRequest();
            long before;
            do {
                before = endless.read.get();
                for (int i = 0; i < 50; i++)
                    client.send(Client.get(server.uri("/"))).awaitEnd();
            } while (endless.read.get() > before);
            assertThat(before).isLessThan(50L << 20); // the sockets' own buffers hold some megabytes
            client.on(held, exchange -> exchange.cancel());
            endless.awaitClosed();
            gate.countDown();
            server.awaitPeerClosed(1);
        }
    }

    @Test
    void whatIsBeingOpenedWhenTheTransportClosesIsNotForgotten() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Endless endless = new Endless();
        Client client = new Client();
        Recorder waiting = client.send(post(
                URI.create("http://127.0.0.1:1/"),
                Sources.of(
                        () -> {
                            opening.countDown();
                            while (gate.getCount() > 0) awaitQuietly(gate);
                            return endless;
                        },
                        -1)));
        assertThat(opening.await(30, TimeUnit.SECONDS)).isTrue();
        client.close();
        assertThat(waiting.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        gate.countDown();
        endless.awaitClosed();
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException goesOn) {
            return;
        }
    }
}
