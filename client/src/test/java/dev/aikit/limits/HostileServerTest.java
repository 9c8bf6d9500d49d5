package dev.aikit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAILimits;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.ServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server without end or measure can do: each call ends, as too large, and its connection with it. */
class HostileServerTest {
    private static final UnaryOperator<OpenAILimits> SMALL =
            l -> l.maxBodyBytes(1 << 20).maxEventBytes(1 << 20).maxStreamBytes(4 << 20);
    private static final String EVENTS = "content-type: text/event-stream";
    private static final String JSON = "content-type: application/json";

    /** Sends the same again and again until the client closes the connection. */
    private static void withoutEnd(ServerExchange to, byte[] piece) throws IOException {
        byte[] many = new byte[piece.length * Math.max(1, 16_384 / piece.length)];
        for (int at = 0; at < many.length; at += piece.length) System.arraycopy(piece, 0, many, at, piece.length);
        while (true) to.raw(many);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] chunk(String text) {
        return bytes(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static Way.Seen chat(Way way, Script script) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(SMALL).maxRetries(0))) {
            server.then(script);
            return way.chat(client);
        }
    }

    private static void tooLarge(Way way, String setting, Script script) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(SMALL))) {
            server.then(script);
            Way.Seen seen = way.chat(client);
            assertThat(seen.error().kind()).as(seen.error().message()).isEqualTo(Kind.TOO_LARGE);
            assertThat(seen.error().message()).contains("(" + setting + ")");
            assertThat(seen.result().attempts())
                    .as("another try would bring the same")
                    .hasSize(1);
            server.awaitPeerClosed(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderOfAMegabyte(Way way) throws Exception {
        tooLarge(way, "maxHeaderBytes", to -> {
            to.raw("HTTP/1.1 200 OK\r\nx-long: " + "x".repeat(1 << 20) + "\r\ncontent-length: 0\r\n\r\n");
            to.awaitPeerClosed();
        });
    }

    @ParameterizedTest
    @EnumSource
    void headersWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxHeaderBytes", to -> {
            to.raw("HTTP/1.1 200 OK\r\n");
            withoutEnd(to, bytes("x-more: and more\r\n"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aStatusLineWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxHeaderBytes", to -> {
            to.raw("HTTP/1.1 200 ");
            withoutEnd(to, bytes("OK"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void trailersWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxHeaderBytes", to -> {
            to.head(200, "transfer-encoding: chunked", EVENTS).raw("0\r\n");
            withoutEnd(to, bytes("x-more: and more\r\n"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aBodyWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxBodyBytes", to -> {
            to.head(200, "transfer-encoding: chunked", JSON);
            withoutEnd(to, chunk("[".repeat(1000)));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void anEventWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxEventBytes", to -> {
            to.head(200, "transfer-encoding: chunked", EVENTS).chunk("data: ");
            withoutEnd(to, chunk("x".repeat(1000)));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void anEventOfLinesWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxEventBytes", to -> {
            to.head(200, "transfer-encoding: chunked", EVENTS);
            withoutEnd(to, chunk("data: xxx\n"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void commentsWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxStreamBytes", to -> {
            to.head(200, "transfer-encoding: chunked", EVENTS);
            withoutEnd(to, chunk(": keep-alive\n\n"));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void eventsWithoutEnd(Way way) throws Exception {
        tooLarge(way, "maxStreamBytes", to -> {
            to.head(200, "transfer-encoding: chunked", EVENTS);
            withoutEnd(
                    to, chunk("data: {\"choices\":[{\"delta\":{\"content\":\"" + "more ".repeat(1000) + "\"}}]}\n\n"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFewCompressedBytesThatAreVeryMany(Way way) throws Exception {
        byte[] bomb = gzip("");
        tooLarge(way, "maxBodyBytes", to -> {
            to.head(200, JSON, "content-encoding: gzip", "content-length: " + bomb.length)
                    .raw(bomb);
            to.awaitPeerClosed();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void aFewCompressedBytesThatAreVeryManyOfAStream(Way way) throws Exception {
        byte[] bomb = gzip("data: ");
        tooLarge(way, "maxEventBytes", to -> {
            to.head(200, EVENTS, "content-encoding: gzip", "content-length: " + bomb.length)
                    .raw(bomb);
            to.awaitPeerClosed();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aVeryLongErrorIsReadInItsBeginning(Way way) throws Exception {
        byte[] bomb = gzip("out of order: ");
        Way.Seen seen = chat(
                way,
                to -> to.head(400, "content-encoding: gzip", "content-length: " + bomb.length)
                        .raw(bomb));
        assertThat(seen.error().kind()).isEqualTo(Kind.HTTP);
        assertThat(seen.error().message()).startsWith("out of order: ");
        assertThat(seen.result().response().body()).hasSize(1 << 20);
    }

    @ParameterizedTest
    @EnumSource
    void interimAnswersWithoutEndAreNoAnswer(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client =
                        Way.client(server, c -> c.maxRetries(0).firstByteTimeout(java.time.Duration.ofMillis(300)))) {
            server.then(to -> withoutEnd(to, bytes("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")));
            assertThat(way.chat(client).error().kind()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void theNextCallOfTheSameClientIsNoWorse() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.limits(SMALL))) {
            server.then(to -> {
                to.head(200, "transfer-encoding: chunked", EVENTS);
                withoutEnd(to, chunk("data: xxx\n"));
            });
            Way.STREAMING.chat(client);
            server.then(Way.STREAMING.answer("all ", "well"));
            assertThat(Way.STREAMING.chat(client).text()).isEqualTo("all well");
        }
    }

    /** 64 MB in a thousandth of it. */
    private static byte[] gzip(String beginning) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        Arrays.fill(some, (byte) '0');
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(beginning));
            for (int written = 0; written < 64 << 20; written += some.length) out.write(some);
        }
        return packed.toByteArray();
    }
}
