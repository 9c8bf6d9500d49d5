package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one call has put together serves the next one only if both go to the same place with the same headers. */
class PreambleTest {
    private static final Map<String, String> ONE_KEY = Map.of("authorization", "Bearer one");
    private static final Map<String, String> OTHER_KEY = Map.of("authorization", "Bearer other");

    private final ScriptedServer server = ScriptedServer.start();
    private final ScriptedServer elsewhere = ScriptedServer.start();
    private final Client client = new Client();
    private final URI one = server.uri("/one");
    private final URI other = server.uri("/other");

    @AfterEach
    void close() {
        client.close();
        server.close();
        elsewhere.close();
    }

    private static HttpCall call(String method, URI uri, Map<String, String> headers, int length) {
        return new HttpCall(method, uri, headers, new byte[length]);
    }

    /** What the server has of a call: method, place, key, and how long its body is said to be. */
    private String sent(ScriptedServer to, HttpCall call) {
        to.then(answering -> answering.answer(200, ""));
        client.send(call).awaitEnd();
        ReceivedRequest request = to.takeRequest();
        return request.method() + " " + request.target() + " " + request.header("authorization") + " "
                + request.header("content-length");
    }

    @Test
    void theSameAgainSaysHowLongItsOwnBodyIs() {
        assertThat(sent(server, call("POST", one, ONE_KEY, 3))).isEqualTo("POST /one Bearer one 3");
        assertThat(sent(server, call("POST", one, ONE_KEY, 12))).isEqualTo("POST /one Bearer one 12");
    }

    @Test
    void anotherKeyIsSentToTheSamePlace() {
        assertThat(sent(server, call("POST", one, ONE_KEY, 1))).isEqualTo("POST /one Bearer one 1");
        assertThat(sent(server, call("POST", one, OTHER_KEY, 1))).isEqualTo("POST /one Bearer other 1");
        assertThat(sent(server, call("POST", one, ONE_KEY, 1))).isEqualTo("POST /one Bearer one 1");
    }

    @Test
    void theSameHeadersGoToAnotherPlace() {
        assertThat(sent(server, call("POST", one, ONE_KEY, 1))).isEqualTo("POST /one Bearer one 1");
        assertThat(sent(server, call("POST", other, ONE_KEY, 1))).isEqualTo("POST /other Bearer one 1");
        assertThat(sent(elsewhere, call("POST", elsewhere.uri("/one"), ONE_KEY, 1)))
                .isEqualTo("POST /one Bearer one 1");
    }

    @Test
    void theSameIsAskedInAnotherWay() {
        assertThat(sent(server, call("POST", one, ONE_KEY, 1))).isEqualTo("POST /one Bearer one 1");
        assertThat(sent(server, call("PUT", one, ONE_KEY, 1))).isEqualTo("PUT /one Bearer one 1");
    }

    @Test
    void callsThatWaitKeepTheirOwnWhileOthersAreOpened() {
        server.then(answering -> answering.answer(200, ""));
        server.then(answering -> answering.answer(200, ""));
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        // Both before there is a connection.
        client.onLoop(() -> {
            client.send(call("POST", one, ONE_KEY, 1), first);
            client.send(call("POST", other, OTHER_KEY, 2), second);
            return null;
        });
        first.awaitEnd();
        second.awaitEnd();

        for (int i = 0; i < 2; i++) {
            ReceivedRequest request = server.takeRequest();
            boolean isFirst = request.target().equals("/one");
            assertThat(request.header("authorization")).isEqualTo(isFirst ? "Bearer one" : "Bearer other");
            assertThat(request.body()).hasSize(isFirst ? 1 : 2);
        }
    }

    @Test
    void aFlawEndsTheCallsThatHaveItAndNoOthers() {
        Map<String, String> flawed = Map.of("x-a", "two\nlines");
        for (int i = 0; i < 2; i++)
            assertThat(client.send(call("POST", one, flawed, 1)).awaitFailure().reason())
                    .isEqualTo(Reason.PROTOCOL);
        assertThat(sent(server, call("POST", one, ONE_KEY, 1))).isEqualTo("POST /one Bearer one 1");
    }
}
