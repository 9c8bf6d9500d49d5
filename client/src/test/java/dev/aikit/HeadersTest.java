package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The headers of requests. */
class HeadersTest {
    @ParameterizedTest
    @EnumSource
    void nameTheKeyTheOrganizationAndTheProject(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.organization("org-1").project("proj-1"))) {
            server.then(way.answer("Fine."));
            Way.Seen seen = way.chat(client);
            ReceivedRequest request = server.takeRequest();
            assertThat(request.header("authorization")).isEqualTo("Bearer sk-test");
            assertThat(request.header("openai-organization")).isEqualTo("org-1");
            assertThat(request.header("openai-project")).isEqualTo("proj-1");
            assertThat(request.header("user-agent")).startsWith("aikit-java/");
            assertThat(request.header("content-type")).isEqualTo("application/json");
            assertThat(request.header("accept")).isEqualTo(way.streams() ? "text/event-stream" : "application/json");
            assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
            assertThat(seen.result().request().headerNames())
                    .contains("authorization", "openai-organization")
                    .doesNotContain("Bearer sk-test");
            assertThat(seen.result().request().bodyBytes()).isEqualTo(request.body().length);
        }
    }

    @Test
    void theCallersOwnGoAlongOrInThePlaceOfOurs() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(
                        server,
                        c -> c.customHeader("X-Team", "a")
                                .customHeaders(Map.of("User-Agent", "mine", "x-both", "1")))) {
            server.otherwise(to -> to.answer(200, "{\"data\":[]}"));
            client.models()
                    .list(p -> p.extraHeader("X-Extra", "b")
                            .extraHeaders(Map.of("X-Both", "2", "Authorization", "Basic eA==")));
            client.models().list();

            ReceivedRequest first = server.takeRequest();
            assertThat(first.header("x-team")).isEqualTo("a");
            assertThat(first.header("x-extra")).isEqualTo("b");
            assertThat(first.headers().get("user-agent")).isEqualTo(List.of("mine"));
            assertThat(first.headers().get("x-both")).isEqualTo(List.of("2"));
            assertThat(first.headers().get("authorization")).isEqualTo(List.of("Basic eA=="));
            ReceivedRequest second = server.takeRequest();
            assertThat(second.headers()).doesNotContainKey("x-extra");
            assertThat(second.header("x-both")).isEqualTo("1");
            assertThat(second.header("authorization")).isEqualTo("Bearer sk-test");
            assertThat(second.headers()).doesNotContainKeys("content-type", "content-length");
        }
    }

    @Test
    void theQueryOfTheAddressGoesWithEveryCall() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(
                        c -> c.baseURL(server.uri("/v1?api-version=7").toString()))) {
            server.otherwise(to -> to.answer(200, "{\"data\":[]}"));
            client.models().list();
            client.call("GET", "/files?limit=2", null, Map.class);
            assertThat(server.takeRequest().target()).isEqualTo("/v1/models?api-version=7");
            assertThat(server.takeRequest().target()).isEqualTo("/v1/files?limit=2&api-version=7");
        }
    }
}
