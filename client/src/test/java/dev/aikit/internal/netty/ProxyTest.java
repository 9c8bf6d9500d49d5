package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a proxy: every connection, with a name that only the proxy looks up. */
class ProxyTest {
    private final ScriptedServer server = ScriptedServer.start();
    private TestProxy proxy;
    private Client client;

    @AfterEach
    void close() throws Exception {
        if (client != null) client.close();
        if (proxy != null) proxy.close();
        server.close();
    }

    private void through(boolean socks, String demanded, String given) throws Exception {
        proxy = new TestProxy(socks, demanded);
        client = new Client(agent -> agent.proxy(proxy.uri(given)).sslContext(H2Server.trust()));
    }

    private URI uri() {
        return URI.create("http://only-the-proxy-knows.invalid:" + server.port() + "/v1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reachesAPlainServer(boolean socks) throws Exception {
        through(socks, null, null);
        server.then(to -> to.answer(200, "one")).then(to -> to.answer(200, "two"));

        assertThat(client.send(Client.get(uri())).awaitEnd()).isEqualTo("one");
        assertThat(client.send(Client.get(uri())).awaitEnd()).isEqualTo("two");

        assertThat(proxy.asked).containsExactly("only-the-proxy-knows.invalid:" + server.port());
        assertThat(server.takeRequest().target()).isEqualTo("/v1");
        assertThat(server.takeRequest().header("host")).isEqualTo("only-the-proxy-knows.invalid:" + server.port());
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reachesASecureServerAndSettlesHttp2WithIt(boolean socks) throws Exception {
        through(socks, null, null);
        try (H2Server secure = new H2Server(100)) {
            Recorder answer = client.send(Client.get(secure.uri("/v1")));
            secure.take().answer("secret");

            assertThat(answer.awaitEnd()).isEqualTo("secret");
            assertThat(proxy.asked).containsExactly("localhost:" + secure.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void showsUserAndPassword(boolean socks) throws Exception {
        through(socks, "user:p@ss:word", "user:p%40ss:word");
        server.then(to -> to.answer(200, "ok"));

        assertThat(client.send(Client.get(uri())).awaitEnd()).isEqualTo("ok");
        assertThat(server.takeRequest().headers()).doesNotContainKey("proxy-authorization");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsThatTheProxyRefusesWithoutThePassword(boolean socks) throws Exception {
        through(socks, "user:right", "user:wr0ng");

        TransportFailure failure = client.send(Client.get(uri())).awaitFailure();

        assertThat(proxy.asked.poll(30, TimeUnit.SECONDS)).isEqualTo("refused");
        assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure)
                .hasMessageStartingWith("no connection to only-the-proxy-knows.invalid:" + server.port()
                        + " through the proxy " + (socks ? "socks5" : "http") + "://127.0.0.1:" + proxy.port() + ": ");
        assertThat(failure).hasMessageContaining(socks ? "authStatus" : "407");
        for (Throwable t = failure; t != null; t = t.getCause())
            assertThat(t.toString()).doesNotContain("wr0ng");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsThatTheProxyIsNotThere(boolean socks) throws Exception {
        through(socks, null, null);
        proxy.close();

        TransportFailure failure = client.send(Client.get(uri())).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + proxy.port())
                .hasMessageEndingWith("Connection refused");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesUpAProxyThatSaysNothing(boolean socks) throws Exception {
        through(socks, null, null);
        proxy.fallSilent();

        TransportFailure failure = client.send(Client.get(uri()), Duration.ofMillis(100), new Recorder())
                .awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + proxy.port());
    }

    @Test
    void reportsAProxyWhoseNameIsUnknown() {
        client = new Client(agent -> agent.proxy(URI.create("http://u:s3cret@no-such-proxy.invalid:3128")));

        TransportFailure failure = client.send(Client.get(uri())).awaitFailure();

        assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
        assertThat(failure).hasMessageEndingWith("through the proxy http://no-such-proxy.invalid:3128: unknown host");
    }

    @Test
    void reportsAProxyThatBreaksTheConnection() throws Exception {
        try (ScriptedServer broken = ScriptedServer.start()) {
            broken.then(to -> to.close());
            client = new Client(agent -> agent.proxy(URI.create("http://127.0.0.1:" + broken.port())));

            TransportFailure failure = client.send(Client.get(uri())).awaitFailure();

            assertThat(failure.reason()).isEqualTo(Reason.CONNECT);
            assertThat(failure).hasMessageContaining("through the proxy");
        }
    }
}
