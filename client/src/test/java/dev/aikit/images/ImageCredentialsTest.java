package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.json.Json;
import dev.aikit.testing.Pictures;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 21 once more: what is fetched from an address that a server named is fetched with nothing of the client's own. */
class ImageCredentialsTest {
    private static final byte[] PNG = Pictures.png();

    private static OpenAIConfiguration secretive(OpenAIConfiguration c) {
        return c.apiKey("sk-secret-1")
                .organization("org-secret-2")
                .project("proj-secret-3")
                .customHeader("api-key", "secret-4")
                .customHeader("user-agent", "secret-5")
                .customHeader("x-custom", "secret-6")
                .maxRetries(0);
    }

    private static OpenAIImage image(OpenAI client, Object url) {
        return new OpenAIImage(client.images(), Json.of(Map.of("url", url.toString())));
    }

    private static void tellsNothing(ReceivedRequest request) {
        String all = request.method()
                + request.target()
                + request.headers()
                + new String(request.body(), StandardCharsets.ISO_8859_1);
        assertThat(all).doesNotContain("secret").doesNotContain("Bearer");
        assertThat(request.headers()).containsOnlyKeys("host", "user-agent", "accept");
    }

    @ParameterizedTest
    @EnumSource
    void evenTheApisOwnHostGetsNone(Fetch way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, ImageCredentialsTest::secretive)) {
            String url = server.uri("/v1/pictures/1").toString();
            server.then(to -> to.answer(200, "{\"data\":[{\"url\":\"" + url + "\"}]}"))
                    .then(Pictures.answer(PNG));

            assertThat(way.of(client.images().generate("A car").image()).asBlob())
                    .isEqualTo(PNG);

            assertThat(server.takeRequest().headers().toString()).contains("secret-1", "secret-2", "secret-6");
            tellsNothing(server.takeRequest());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreFollowedToOtherHostsWithNone(int status) throws Exception {
        for (Fetch way : Fetch.values()) {
            try (ScriptedServer server = ScriptedServer.start();
                    ScriptedServer other = ScriptedServer.start();
                    OpenAI client = Way.client(server, ImageCredentialsTest::secretive)) {
                server.then(to -> to.answer(status, "", "location: /second"))
                        .then(to -> to.answer(status, "", "location: " + other.uri("/third?a=b")));
                other.then(Pictures.answer(PNG));

                OpenAIBlobResult result = way.of(image(client, server.uri("/first")));

                assertThat(result.asBlob()).isEqualTo(PNG);
                assertThat(result.attempts()).hasSize(3);
                tellsNothing(server.takeRequest());
                tellsNothing(server.takeRequest());
                ReceivedRequest third = other.takeRequest();
                assertThat(third.method() + " " + third.target()).isEqualTo("GET /third?a=b");
                tellsNothing(third);
            }
        }
    }

    @Test
    void whatACallerSetsForTheDownloadGoesToItsFirstHostOnly() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                ScriptedServer other = ScriptedServer.start();
                OpenAI client = Way.client(server, ImageCredentialsTest::secretive)) {
            server.then(to -> to.answer(302, "", "location: /second"))
                    .then(to -> to.answer(302, "", "location: " + other.uri("/third")));
            other.then(Pictures.answer(PNG));

            OpenAIBlobResult result =
                    image(client, server.uri("/first")).download(p -> p.extraHeader("authorization", "mine"));

            assertThat(result.success()).isTrue();
            assertThat(server.takeRequest().header("authorization")).isEqualTo("mine");
            assertThat(server.takeRequest().header("authorization")).isEqualTo("mine");
            tellsNothing(other.takeRequest());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/hosts", "ftp://127.0.0.1/x", "http://ann@127.0.0.1:%s/", "javascript:x", "http:///x"
            })
    void redirectsToOtherThingsThanWebAddressesAreRefused(String location) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, ImageCredentialsTest::secretive)) {
            server.then(to -> to.answer(302, "", "location: " + location.formatted(server.port())));

            OpenAIBlobResult result = image(client, server.uri("/first")).download();

            assertThat(result.errors().get(0).kind()).isEqualTo(Kind.REDIRECT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRedirectLeadsFromHttpsToHttp(Fetch way) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HandshakeCertificates both = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(certificate.certificate())
                .build();
        try (ScriptedServer server = ScriptedServer.start();
                ScriptedServer secure = ScriptedServer.startTls(both.sslContext());
                OpenAI client = Way.client(
                        server, c -> secretive(c).httpAgent(HttpAgent.create(a -> a.sslContext(both.sslContext()))))) {
            server.then(to -> to.answer(302, "", "location: " + secure.uri("/up")));
            secure.then(Pictures.answer(PNG)).then(to -> to.answer(302, "", "location: " + server.uri("/down")));

            assertThat(way.of(image(client, server.uri("/first"))).asBlob()).isEqualTo(PNG);
            OpenAIBlobResult down = way.of(image(client, secure.uri("/first")));

            assertThat(down.errors().get(0).kind()).isEqualTo(Kind.REDIRECT);
            assertThat(down.errors().get(0).message()).contains("from https to http");
            server.takeRequest();
            assertThat(server.requestsWaiting()).isZero();
            tellsNothing(secure.takeRequest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void redirectsThatGoRoundInACircleEnd(Fetch way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, ImageCredentialsTest::secretive)) {
            server.otherwise(to -> to.answer(302, "", "location: /again"));

            assertThat(way.of(image(client, server.uri("/first")))
                            .errors()
                            .get(0)
                            .kind())
                    .isEqualTo(Kind.REDIRECT);
        }
    }
}
