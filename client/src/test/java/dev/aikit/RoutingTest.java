package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.json.Json;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A call goes to the provider that its model names, with what belongs to that provider and to no other (pain 21). */
class RoutingTest {
    /** All that belongs to one place only. */
    private static final Map<String, List<String>> BELONGINGS = Map.of(
            "own", List.of("sk-own", "org-own", "proj-own", "custom-own"),
            "one", List.of("sk-one", "org-one", "proj-one", "header-one"),
            "two", List.of("sk-two"));

    private final ScriptedServer own = ScriptedServer.start();
    private final ScriptedServer one = ScriptedServer.start();
    private final ScriptedServer two = ScriptedServer.start();
    private final OpenAIProviders providers = OpenAIProviders.empty()
            .provider(provider("one", one)
                    .apiKey("sk-one")
                    .organization("org-one")
                    .project("proj-one")
                    .header("X-One", "header-one"))
            .provider(
                    provider("two", two).apiKey("sk-two").keyHeaders("api-key").query("api-version", "2024-10-21"))
            .provider(provider("keyless", two))
            .modelAlias("fast", "one:small")
            .modelAlias("home", ":large");
    private final OpenAI client = Way.client(
            own,
            c -> c.apiKey("sk-own")
                    .organization("org-own")
                    .project("proj-own")
                    .customHeader("X-Own", "custom-own")
                    .maxRetries(0)
                    .providers(providers));

    @AfterEach
    void close() {
        client.close();
        own.close();
        one.close();
        two.close();
    }

    private static OpenAIProvider provider(String name, ScriptedServer server) {
        return OpenAIProvider.of(name, server.uri("/v1").toString());
    }

    /** The next request there: it holds nothing that belongs to others. */
    private ReceivedRequest sent(ScriptedServer server, String provider) {
        ReceivedRequest request = server.takeRequest();
        String all = request.target() + request.headers() + request.text();
        BELONGINGS.forEach((name, belongings) -> {
            if (!name.equals(provider)) assertThat(all).doesNotContain(belongings);
        });
        return request;
    }

    private static String model(ReceivedRequest request) {
        return Json.parse(request.text()).get("model").asText();
    }

    @ParameterizedTest
    @EnumSource
    void aProvidersModelIsAskedThere(Way way) throws Exception {
        one.then(way.answer("Fine."));

        Way.Seen seen = way.chat(client, "one:llama3:8b");

        assertThat(seen.text()).isEqualTo("Fine.");
        ReceivedRequest request = sent(one, "one");
        assertThat(model(request)).isEqualTo("llama3:8b");
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-one");
        assertThat(request.header("openai-organization")).isEqualTo("org-one");
        assertThat(request.header("openai-project")).isEqualTo("proj-one");
        assertThat(request.header("x-one")).isEqualTo("header-one");
        assertThat(seen.result().attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.provider()).isEqualTo("one");
            assertThat(attempt.model()).isEqualTo("llama3:8b");
            assertThat(attempt.host()).isEqualTo("127.0.0.1:" + one.port());
        });
        assertThat(own.connections() + two.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyGoesIntoTheHeaderAndAVersionIntoTheAddressThatItsProviderWants(Way way) throws Exception {
        two.then(way.answer("Fine."));

        assertThat(way.chat(client, "two:m").text()).isEqualTo("Fine.");

        ReceivedRequest request = sent(two, "two");
        assertThat(request.target()).isEqualTo("/v1/chat/completions?api-version=2024-10-21");
        assertThat(request.header("api-key")).isEqualTo("sk-two");
        assertThat(request.headers()).doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @EnumSource
    void aProviderWithoutAKeyGetsNone(Way way) throws Exception {
        two.then(way.answer("Fine."));

        way.chat(client, "keyless:m");

        assertThat(sent(two, "keyless").headers())
                .doesNotContainKeys("authorization", "api-key", "x-own", "openai-organization", "openai-project");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,gpt-4o",
        "llama3:8b,llama3:8b",
        "hf.co/x:Q4,hf.co/x:Q4",
        "three:m,three:m",
        ":one:m,one:m",
        "home,large"
    })
    void allElseGoesToTheClientsOwnServer(String model, String sent) throws Exception {
        for (Way way : Way.values()) {
            own.then(way.answer("Fine."));
            assertThat(way.chat(client, model).text()).isEqualTo("Fine.");
            ReceivedRequest request = sent(own, "own");
            assertThat(model(request)).isEqualTo(sent);
            assertThat(request.headers().toString()).contains(BELONGINGS.get("own"));
        }
        assertThat(one.connections() + two.connections()).isZero();
    }

    @Test
    void aClientWithoutProvidersSendsEveryNameAsItIs() throws Exception {
        try (OpenAI plain = Way.client(own)) {
            for (Way way : Way.values()) {
                for (String model : List.of("one:m", ":m", "mistral:7b", "fast")) {
                    own.then(way.answer("Fine."));
                    way.chat(plain, model);
                    assertThat(model(own.takeRequest())).isEqualTo(model);
                }
            }
        }
    }

    @Test
    void otherFunctionsWithAModelGoTheSameWay() {
        one.otherwise(to -> to.answer(200, "{\"data\":[{\"embedding\":[1,2]}]}"));
        own.otherwise(to -> to.answer(200, "{\"data\":[]}"));

        assertThat(client.embeddings().create("a cat", "fast").success()).isTrue();
        assertThat(model(sent(one, "one"))).isEqualTo("small");
        client.call("POST", "/responses", Map.of("input", "x", "model", "one:m"), Json.class);
        ReceivedRequest any = sent(one, "one");
        assertThat(any.target()).isEqualTo("/v1/responses");
        assertThat(model(any)).isEqualTo("m");
        client.call("POST", "/batch", List.of("model", "one:m"), Json.class);
        assertThat(sent(own, "own").text()).isEqualTo("[\"model\",\"one:m\"]");
        assertThat(client.models().list().success()).isTrue();
        assertThat(sent(own, "own").target()).isEqualTo("/v1/models");
    }

    @Test
    void aHeaderOfTheCallGoesWhereTheCallGoes() {
        one.otherwise(to -> to.answer(200, "{}"));

        client.chat()
                .completions()
                .create(
                        Way.QUESTION,
                        p -> p.model("fast")
                                .extraHeader("X-Trace", "7")
                                .extraHeader("authorization", "Bearer for-this-call"));

        ReceivedRequest request = sent(one, "one");
        assertThat(request.header("x-trace")).isEqualTo("7");
        assertThat(request.headers().get("authorization")).containsExactly("Bearer for-this-call");
    }

    @ParameterizedTest
    @EnumSource
    void aClientMadeForAProviderHasItForItsOwn(Way way) throws Exception {
        one.otherwise(way.answer("Fine."));
        try (OpenAI made =
                OpenAI.create(c -> c.providers(providers).provider("one").customHeader("X-Own", "with-one"))) {
            for (String model : List.of("m", "one:m", ":m")) {
                way.chat(made, model);
                ReceivedRequest request = sent(one, "one");
                assertThat(model(request)).isEqualTo("m");
                assertThat(request.header("x-own")).isEqualTo("with-one");
                assertThat(request.header("authorization")).isEqualTo("Bearer sk-one");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "azure,http://r.openai.azure.com,/openai/v1/chat/completions",
        "azure,http://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21,"
                + "/openai/deployments/d/chat/completions?api-version=2024-10-21",
        "anthropic,http://api.anthropic.com/v1,/v1/chat/completions",
    })
    void whatIsKnownOfAnAddressIsHeeded(String kind, String url, String target) throws Exception {
        HttpAgent agent = HttpAgent.create(a -> a.proxy(URI.create("http://127.0.0.1:" + own.port())));
        OpenAIProviders far =
                OpenAIProviders.empty().provider(OpenAIProvider.of("far", url).apiKey("sk-far"));
        try (OpenAI routed = Way.client(one, c -> c.httpAgent(agent).providers(far));
                OpenAI direct =
                        OpenAI.create(c -> c.httpAgent(agent).baseURL(url).apiKey("sk-far"))) {
            for (Way way : Way.values()) {
                for (OpenAI asking : List.of(routed, direct)) {
                    own.then(to -> to.raw("HTTP/1.1 200 Connected\r\n\r\n")).then(way.answer("Fine."));
                    assertThat(way.chat(asking, asking == routed ? "far:m" : "m")
                                    .text())
                            .isEqualTo("Fine.");
                    assertThat(own.takeRequest().method()).isEqualTo("CONNECT");
                    ReceivedRequest request = own.takeRequest();
                    assertThat(request.target()).isEqualTo(target);
                    if (kind.equals("azure")) {
                        assertThat(request.header("api-key")).isEqualTo("sk-far");
                        assertThat(request.headers()).doesNotContainKey("authorization");
                    } else {
                        assertThat(request.header("x-api-key")).isEqualTo("sk-far");
                        assertThat(request.header("authorization")).isEqualTo("Bearer sk-far");
                        assertThat(request.header("anthropic-version")).isEqualTo("2023-06-01");
                    }
                    own.closeConnection(own.connections());
                    own.awaitPeerClosed(own.connections());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheKeyThatAProviderWantsNothingIsSent(Way way) throws Exception {
        OpenAIProviders keyless =
                OpenAIProviders.empty().provider(OpenAIProvider.of("claude", "https://api.anthropic.com/v1"));
        try (OpenAI asking = Way.client(own, c -> c.providers(keyless))) {
            Way.Seen seen = way.chat(asking, "claude:m");

            assertThat(seen.error().kind()).isEqualTo(Kind.NO_KEY);
            assertThat(seen.error().errCode()).isEqualTo(1004);
            assertThat(seen.error().message()).contains("claude", "api.anthropic.com", "ANTHROPIC_API_KEY");
            assertThat(seen.result().attempts()).isEmpty();
            assertThat(seen.result().request().uri()).hasHost("api.anthropic.com");
            assertThat(own.connections()).isZero();
        }
    }

    @Test
    void aHeaderWhoseNameMerelyEndsLikeAKeyIsNone() {
        OpenAIProviders keyless =
                OpenAIProviders.empty().provider(OpenAIProvider.of("claude", "https://api.anthropic.com/v1"));
        try (OpenAI asking = Way.client(own, c -> c.providers(keyless))) {
            for (String header : List.of("Idempotency-Key", "X-Key-Of-The-Cache", "X-Token-Count"))
                assertThat(asking.chat()
                                .completions()
                                .create(Way.QUESTION, p -> p.model("claude:m").extraHeader(header, "7"))
                                .errors()
                                .get(0)
                                .kind())
                        .as(header)
                        .isEqualTo(Kind.NO_KEY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientFromAnEnvironmentWithoutOpenAISendsNothingThere(Way way) throws Exception {
        try (OpenAI asking = OpenAI.create(OpenAIConfiguration.fromEnvironment(Map.of("GROQ_API_KEY", "sk-groq")))) {
            assertThat(way.chat(asking, "gpt-4o-mini").error())
                    .satisfies(error -> assertThat(error.kind()).isEqualTo(Kind.NO_KEY))
                    .satisfies(error -> assertThat(error.message()).contains("provider:model"));
            assertThat(way.chat(asking, "mistral:m").error().message()).contains("MISTRAL_API_KEY");
        }
    }

    @Test
    void anEnvironmentWithAFileIsAllThatACallNeeds(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("p.json"),
                "{\"providers\":{\"one\":{\"baseURL\":\"" + one.uri("/v1")
                        + "\"}},\"models\":{\"quick\":{\"provider\":\"one\",\"model\":\"m\"}}}");
        try (OpenAI asking = OpenAI.create(OpenAIConfiguration.fromEnvironment(
                Map.of("AIKIT_PROVIDERS", file.toString(), "ONE_API_KEY", "sk-one")))) {
            for (Way way : Way.values()) {
                one.then(way.answer("Fine."));
                assertThat(way.chat(asking, "quick").text()).isEqualTo("Fine.");
                assertThat(one.takeRequest().header("authorization")).isEqualTo("Bearer sk-one");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRedirectTakesACallFromOneProviderToAnother(Way way) throws Exception {
        one.then(to -> to.answer(307, "", "location: " + two.uri("/v1/chat/completions")));

        assertThat(way.chat(client, "one:m").error().kind()).isEqualTo(Kind.REDIRECT);
        assertThat(two.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatAProviderRepeatsIsShownNowhere(Way way) throws Exception {
        try (LogRecords log = LogRecords.of("")) {
            one.then(to -> to.answer(401, "{\"error\":{\"message\":\"wrong: sk-one\"}}"));

            Way.Seen seen = way.chat(client, "one:m");

            assertThat(seen.error().message()).isEqualTo("wrong: [key]");
            assertThat(seen.result().response().text()
                            + seen.result()
                            + seen.result().attempts()
                            + client
                            + log.messages())
                    .doesNotContain("sk-");
        }
    }
}
