package dev.aikit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.testkit.ScriptedServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, seen by a plain socket. */
class ScriptedServerTest {
    private static final String ANSWER = "HTTP/1.1 200 Scripted\r\nx-a: b\r\ncontent-length: 5\r\n\r\nHello";
    private static final Script HELLO = to -> to.answer(200, "Hello", "x-a: b");

    private static Socket ask(ScriptedServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write("GET /v1/models HTTP/1.1\r\nhost: me\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What came until the end of the stream, and how that ended. */
    private static String all(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) text.append((char) next);
        } catch (IOException reset) {
            return text + "<reset>";
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 22, 23, 50, 51, 52, 56, 57})
    void anAnswerEndsAtTheVeryByte(int bytes) throws IOException {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.then(Faults.after(bytes, Fault.CLOSE, HELLO));
            try (Socket socket = ask(server)) {
                assertThat(all(socket)).isEqualTo(ANSWER.substring(0, bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theConnectionFailsAsAsked(Fault fault) throws IOException {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.then(Faults.after(30, fault, HELLO));
            try (Socket socket = ask(server)) {
                if (fault == Fault.STALL) {
                    assertThat(socket.getInputStream().readNBytes(30)).hasSize(30);
                    assertThat(socket.getInputStream().available()).isZero();
                    socket.shutdownOutput();
                    server.awaitPeerClosed(1);
                    return;
                }
                String seen = all(socket);
                switch (fault) {
                    // A reset may overtake what was sent before it.
                    case RESET -> assertThat(seen).endsWith("<reset>");
                    case GARBAGE ->
                        assertThat(seen).startsWith(ANSWER.substring(0, 30)).hasSizeGreaterThan(40);
                    default -> assertThat(seen).isEqualTo(ANSWER.substring(0, 30));
                }
                if (fault == Fault.HALF_CLOSE) {
                    assertThat(server.isPeerClosed(1)).isFalse();
                    socket.shutdownOutput();
                    server.awaitPeerClosed(1);
                }
            }
        }
    }

    @Test
    void aFaultBeyondTheEndIsAMistakeOfTheTest() throws IOException {
        ScriptedServer server = ScriptedServer.start();
        server.then(Faults.after(70, Fault.CLOSE, HELLO));
        try (Socket socket = ask(server)) {
            assertThat(all(socket)).isEqualTo(ANSWER);
        }
        assertThatThrownBy(server::close)
                .hasStackTraceContaining(
                        "the answer ended " + (70 - ANSWER.length()) + " bytes before the fault CLOSE");
        assertThatThrownBy(() -> Faults.after(-1, Fault.CLOSE, HELLO)).hasMessageContaining("not be negative");
    }

    @Test
    void trickledBytesAreTheSameBytes() throws IOException {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.then(to -> {
                to.pace(1, Duration.ofNanos(1));
                HELLO.run(to);
                to.close();
            });
            try (Socket socket = ask(server)) {
                assertThat(all(socket)).isEqualTo(ANSWER);
            }
        }
    }

    @Test
    void whatMakesNoJsonIsRefused() {
        assertThat(Answers.whole(Map.of("content", "Hi", "n", List.of(1, true)), "stop"))
                .contains("\"content\":\"Hi\"", "\"n\":[1,true]");
        assertThatThrownBy(() -> Answers.whole(Map.of("content", new Object()), "stop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only maps, lists, texts");
    }

    @Test
    void whatWasAskedCanBeLookedAt() throws IOException {
        try (ScriptedServer server = ScriptedServer.start();
                Socket socket = new Socket("127.0.0.1", server.port())) {
            server.then(to -> to.answer(200, "").close());
            socket.getOutputStream()
                    .write("POST /v1/x?a=b HTTP/1.1\r\nX-Key: k\r\ncontent-length: 9\r\n\r\n{\"n\":[1]}"
                            .getBytes(StandardCharsets.US_ASCII));
            all(socket);
            ReceivedRequest request = server.takeRequest();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/v1/x?a=b");
            assertThat(request.header("x-KEY")).isEqualTo("k");
            assertThat(request.json().toString()).isEqualTo("{n=[1]}");
            assertThat(request).hasToString("POST /v1/x?a=b");
            assertThat(server.requestsWaiting()).isZero();
        }
    }
}
