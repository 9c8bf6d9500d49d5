package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 4, the network's part: however a call fails, its end is reported, in waiting, asynchronous and streaming calls. */
class Rule04NoSilentEndTest {
    /** What a server may do wrong, and what it is called: in an answer in one piece, and in a stream. */
    private enum Fault {
        RESET_WITHOUT_AN_ANSWER(Kind.CONNECTION_LOST, Kind.CONNECTION_LOST, to -> to.reset()),
        CLOSED_WITHOUT_AN_ANSWER(Kind.CONNECTION_LOST, Kind.CONNECTION_LOST, to -> to.close()),
        CUT_IN_ITS_HEAD(
                Kind.CONNECTION_LOST,
                Kind.CONNECTION_LOST,
                to -> to.raw("HTTP/1.1 200 OK\r\ncontent-le").close()),
        CUT_IN_ITS_BODY(Kind.CONNECTION_LOST, Kind.TRUNCATED, to -> {
            if (ChatScripts.wantsStream(to)) ChatScripts.beginStream(to).chunk(ChatScripts.piece("a"));
            else to.head(200, ChatScripts.JSON, "content-length: 100").raw("{\"id\":");
            to.close();
        }),
        RESET_IN_ITS_BODY(Kind.CONNECTION_LOST, Kind.TRUNCATED, to -> {
            if (ChatScripts.wantsStream(to)) ChatScripts.beginStream(to).chunk(ChatScripts.piece("a"));
            else to.head(200, ChatScripts.JSON, "transfer-encoding: chunked").chunk("{\"id\":");
            to.reset();
        }),
        ENDED_TOO_EARLY(Kind.MALFORMED, Kind.TRUNCATED, to -> {
            if (ChatScripts.wantsStream(to))
                ChatScripts.beginStream(to).chunk(ChatScripts.piece("a")).chunk("");
            else to.answer(200, "{\"id\":", ChatScripts.JSON);
        }),
        NOTHING_IN_IT(Kind.MALFORMED, Kind.TRUNCATED, ChatScripts.status(200, "")),
        NOT_JSON(Kind.MALFORMED, Kind.MALFORMED, to -> {
            if (ChatScripts.wantsStream(to))
                ChatScripts.endStream(ChatScripts.beginStream(to).chunk("data: what?\n\n"));
            else to.answer(200, "what?", ChatScripts.JSON);
        }),
        A_WEB_PAGE(
                Kind.MALFORMED,
                Kind.MALFORMED,
                ChatScripts.status(200, "<html><body>Sign in</body></html>", "content-type: text/html")),
        NOT_HTTP(
                Kind.PROTOCOL,
                Kind.PROTOCOL,
                to -> to.raw("SSH-2.0-something\r\n\r\n").awaitPeerClosed()),
        A_HUGE_HEAD(
                Kind.TOO_LARGE,
                Kind.TOO_LARGE,
                to -> to.head(200, "x-much: " + "a".repeat(200_000)).awaitPeerClosed()),
        A_HUGE_BODY(Kind.TOO_LARGE, Kind.TOO_LARGE, ChatScripts.chat("a".repeat(20_000))),
        BAD_REQUEST(Kind.HTTP, Kind.HTTP, ChatScripts.status(400, "{\"error\":{\"message\":\"no\"}}")),
        SERVER_ERROR(Kind.HTTP, Kind.HTTP, ChatScripts.status(500, "oh")),
        TOO_MANY_REQUESTS(Kind.HTTP, Kind.HTTP, ChatScripts.status(429, "{}")),
        SENT_ELSEWHERE(
                Kind.REDIRECT, Kind.REDIRECT, ChatScripts.status(307, "", "location: http://nosuch.invalid/v1/else")),
        AN_ERROR_UNDER_SUCCESS(Kind.REPORTED, Kind.REPORTED, to -> {
            String error = "{\"error\":{\"message\":\"overloaded\"}}";
            if (ChatScripts.wantsStream(to))
                ChatScripts.beginStream(to)
                        .chunk(ChatScripts.piece("a"))
                        .chunk("data: " + error + "\n\n")
                        .chunk("");
            else to.answer(200, error, ChatScripts.JSON);
        });

        private final Kind inOnePiece;
        private final Kind streamed;
        private final Script script;

        Fault(Kind inOnePiece, Kind streamed, Script script) {
            this.inOnePiece = inOnePiece;
            this.streamed = streamed;
            this.script = script;
        }

        Kind kind(Way way) {
            return way == Way.STREAMING ? streamed : inOnePiece;
        }
    }

    static Stream<Arguments> faultsInEveryWay() {
        return Arrays.stream(Fault.values())
                .flatMap(fault -> Arrays.stream(Way.values()).map(way -> Arguments.of(fault, way)));
    }

    private static OpenAIConfiguration at(String url) {
        return OpenAIConfiguration.defaults()
                .baseURL(url)
                .maxRetries(0)
                .limits(l -> l.maxBodyBytes(10_000).maxEventBytes(10_000));
    }

    @ParameterizedTest
    @MethodSource("faultsInEveryWay")
    void whateverTheServerDoesWrongIsReported(Fault fault, Way way) {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(at(server.uri("/v1").toString()))) {
            server.then(fault.script);

            Observed observed = Observed.start(way, client).endedOnce();

            assertThat(observed.error().kind()).isEqualTo(fault.kind(way));
            assertThat(observed.error().message()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionIsReported(Way way) throws IOException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(at(server.uri("/v1").toString()))) {
            server.refuse();

            assertThat(Observed.start(way, client).endedOnce().error().kind()).isEqualTo(Kind.CONNECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownHostIsReported(Way way) {
        try (OpenAI client = OpenAI.create(at("http://nosuch.invalid/v1"))) {
            assertThat(Observed.start(way, client).endedOnce().error().kind()).isEqualTo(Kind.DNS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyTrustsIsReported(Way way) {
        HeldCertificate unknown = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        var certificates =
                new HandshakeCertificates.Builder().heldCertificate(unknown).build();
        try (ScriptedServer server = ScriptedServer.startTls(certificates.sslContext());
                OpenAI client = OpenAI.create(at(server.uri("/v1").toString()))) {
            assertThat(Observed.start(way, client).endedOnce().error().kind()).isEqualTo(Kind.TLS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedClientIsReported(Way way) {
        OpenAI client = OpenAI.create(at("http://127.0.0.1:1/v1"));
        client.close();

        assertThat(Observed.start(way, client).endedOnce().error().kind()).isEqualTo(Kind.CLOSED);
    }

    @Test
    void aCallThatNobodyListensToEndsToo() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(at(server.uri("/v1").toString()))) {
            server.then(to -> to.reset());

            assertThat(client.models().list(p -> p.async()).await().success()).isFalse();
        }
    }
}
