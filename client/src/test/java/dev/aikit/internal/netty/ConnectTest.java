package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ScriptedServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From an address to a connection, and what is said when there is none. */
class ConnectTest {
    private final Client client = new Client();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void namesHostPortAndReasonWhenRefused() throws Exception {
        ScriptedServer server = ScriptedServer.start();
        server.refuse();

        Recorder refused = client.send(Client.get(server.uri("/")));

        assertThat(refused.awaitFailure().reason()).isEqualTo(Reason.CONNECT);
        assertThat(refused.awaitFailure())
                .hasMessage("no connection to 127.0.0.1:" + server.port() + ": Connection refused");
        assertThat(refused.events).containsExactly("failed CONNECT");
        server.close();
    }

    @Test
    void namesTheHostThatIsUnknown() {
        TransportFailure failure = client.send(Client.get(URI.create("http://no-such-host.invalid/v1")))
                .awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.DNS);
        assertThat(failure).hasMessage("no connection to no-such-host.invalid:80: unknown host no-such-host.invalid");
    }

    @Test
    void looksUpTheSameNameForManyAtATime() {
        List<Recorder> all = new ArrayList<>();
        client.onLoop(() -> {
            for (int i = 0; i < 100; i++) {
                Recorder recorder = new Recorder();
                client.loop.open(
                        Client.get(URI.create("http://no-such-host.invalid/")), Duration.ofSeconds(30), recorder);
                all.add(recorder);
            }
            return null;
        });

        for (Recorder recorder : all)
            assertThat(recorder.awaitFailure().reason()).isEqualTo(Reason.DNS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host/", "http:///path", "http://under_score/", "http://host:0/", "http://host:70000/"})
    void saysWhatIsWrongWithAnAddress(String address) {
        TransportFailure failure = client.send(Client.get(URI.create(address))).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure.getMessage())
                .containsAnyOf("http:// or https:// expected", "no host name", "a port of 1 to 65535 expected");
    }

    @Test
    void localhostMayBeEitherAddress() throws Exception {
        InetAddress six = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (ServerSocket socket = new ServerSocket()) {
            socket.setSoTimeout(30_000);
            try {
                socket.bind(new InetSocketAddress(six, 0));
            } catch (IOException noIpv6) {
                Assumptions.abort("this machine has no IPv6: " + noIpv6);
            }
            URI uri = URI.create("http://localhost:" + socket.getLocalPort() + "/");
            Recorder recorder = client.send(Client.get(uri));
            try (Socket accepted = socket.accept()) {
                recorder.awaitConnected();
                assertThat(accepted.getInetAddress()).isInstanceOf(Inet6Address.class);
            }
        }
    }

    @Test
    void givesUpWhenItsTimeIsUpAndSaysWhatItWasWaitingFor() throws Exception {
        // A backlog that is full: the system answers no further connection.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> fillers = fill(full);
            URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");

            Recorder recorder = client.send(Client.get(uri), Duration.ofMillis(100), new Recorder());

            assertThat(recorder.awaitFailure().reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
            assertThat(recorder.awaitFailure())
                    .hasMessage("no connection to 127.0.0.1:" + full.getLocalPort()
                            + " within 100 ms: connecting to 127.0.0.1");
            assertThat(recorder.events).containsExactly("failed CONNECT_TIMEOUT");
            for (Socket filler : fillers) filler.close();
        }
    }

    private static List<Socket> fill(ServerSocket full) throws IOException {
        List<Socket> fillers = new ArrayList<>();
        while (fillers.size() < 100) {
            Socket filler = new Socket();
            try {
                filler.connect(full.getLocalSocketAddress(), 200);
            } catch (IOException isFull) {
                filler.close();
                return fillers;
            }
            fillers.add(filler);
        }
        return fillers;
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/a, example.com, example.com:80",
        "http://example.com:80/a, example.com, example.com:80",
        "http://example.com:8080/a, example.com:8080, example.com:8080",
        "https://Example.com/a, example.com, example.com:443",
        "https://example.com:80/a, example.com:80, example.com:80",
        "http://[::1]/a, [::1], [::1]:80",
        "https://[2001:DB8::1]:8443/a, [2001:db8::1]:8443, [2001:db8::1]:8443"
    })
    void writesTheHostHeaderByTheRules(String address, String authority, String name) {
        Origin origin = Origin.of(URI.create(address));

        assertThat(origin.authority()).isEqualTo(authority);
        assertThat(origin).hasToString(name);
        assertThat(origin.host()).doesNotContain("[");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "8.8.8.8, true",
        "::1, true",
        "2001:db8::1, true",
        "256.1.1.1, false",
        "1.2.3, false",
        "1.2.3.4.5, false",
        "example.com, false",
        "1.2.3.x, false",
        "1..2.3, false"
    })
    void knowsAnAddressFromAName(String host, boolean address) {
        assertThat(Names.isAddress(host)).isEqualTo(address);
    }

    @Test
    void aFailureShowsNeitherHeadersNorBody() throws Exception {
        ScriptedServer server = ScriptedServer.start();
        server.refuse();
        HttpCall call =
                new HttpCall("POST", server.uri("/"), Map.of("authorization", "Bearer s3cret"), "s3cret".getBytes());

        TransportFailure failure = client.send(call).awaitFailure();

        for (Throwable t = failure; t != null; t = t.getCause())
            assertThat(t.toString()).doesNotContain("s3cret");
        server.close();
    }
}
