package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.json.Json;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An alias for several models: the next one is tried when one cannot answer, and only then. */
class FallbacksTest {
    private static final HandshakeCertificates CERTIFICATE = new HandshakeCertificates.Builder()
            .heldCertificate(new HeldCertificate.Builder()
                    .addSubjectAlternativeName("127.0.0.1")
                    .build())
            .build();

    /** What a first provider does that makes the second one answer, with one retry allowed. */
    private enum Cause {
        RATE_LIMITED_FOR_A_DAY(1, to -> to.answer(429, "{}", "retry-after: 86400")),
        RATE_LIMITED_AGAIN_AND_AGAIN(2, to -> to.answer(429, "{}", "retry-after-ms: 0")),
        FAULTY(2, to -> to.answer(500, "<html>", "retry-after-ms: 0")),
        FAULTY_FOR_GOOD(1, to -> to.answer(502, "", "x-should-retry: false")),
        UNAVAILABLE(2, to -> to.answer(503, "{}", "retry-after-ms: 0")),
        BEHIND_A_TIRED_PROXY(2, to -> to.answer(504, "", "retry-after-ms: 0")),
        OVERLOADED(2, to -> to.answer(529, "{}", "retry-after-ms: 0")),
        TIRED_OF_WAITING(1, to -> to.answer(408, "", "retry-after: 86400"));

        final int attempts;
        final Script script;

        Cause(int attempts, Script script) {
            this.attempts = attempts;
            this.script = script;
        }
    }

    /** With a certificate that nobody vouches for. */
    private final ScriptedServer secure = ScriptedServer.startTls(CERTIFICATE.sslContext());

    private final ScriptedServer own = ScriptedServer.start();
    private final ScriptedServer one = ScriptedServer.start();
    private final ScriptedServer two = ScriptedServer.start();
    private final OpenAIProviders providers = OpenAIProviders.empty()
            .provider(provider("one", one).apiKey("sk-one").organization("org-one"))
            .provider(provider("two", two).apiKey("sk-two"))
            .provider(OpenAIProvider.of("gone", "http://127.0.0.1:1/v1").apiKey("sk-gone"))
            .provider(OpenAIProvider.of("unnamed", "http://no.such.host.invalid/v1")
                    .apiKey("sk-unnamed"))
            .provider(OpenAIProvider.of("insecure", secure.uri("/v1").toString()))
            .modelAlias("fast", "one:first", "two:second")
            .modelAlias("gone", "gone:first", "two:second")
            .modelAlias("unnamed", "unnamed:first", "two:second")
            .modelAlias("insecure", "insecure:first", "two:second")
            .modelAlias("home", ":first", "two:second")
            .modelAlias("away", "one:first", ":second")
            .modelAlias("all", "gone:a", "one:b", "two:c");
    private final OpenAI client = client(c -> c.maxRetries(1));

    @AfterEach
    void close() {
        client.close();
        own.close();
        one.close();
        two.close();
        secure.close();
    }

    private static OpenAIProvider provider(String name, ScriptedServer server) {
        return OpenAIProvider.of(name, server.uri("/v1").toString());
    }

    private OpenAI client(java.util.function.UnaryOperator<OpenAIConfiguration> settings) {
        return Way.client(
                own,
                c -> settings.apply(
                        c.apiKey("sk-own").customHeader("X-Own", "own").providers(providers)));
    }

    private static List<String> attempts(OpenAIResult result) {
        return result.attempts().stream()
                .map(attempt -> attempt.provider() + ":" + attempt.model() + " " + attempt.reason())
                .toList();
    }

    private static Stream<Arguments> causes() {
        return Arrays.stream(Cause.values())
                .flatMap(cause -> Arrays.stream(Way.values()).map(way -> Arguments.of(way, cause)));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theNextModelIsAskedWhenOneIsOverloaded(Way way, Cause cause) throws Exception {
        one.otherwise(cause.script);
        two.then(way.answer("Fine."));

        Way.Seen seen = way.chat(client, "fast");

        assertThat(seen.text()).isEqualTo("Fine.");
        List<OpenAIAttempt> attempts = seen.result().attempts();
        assertThat(attempts).hasSize(cause.attempts + 1);
        for (OpenAIAttempt attempt : attempts.subList(0, cause.attempts)) {
            assertThat(attempt.provider() + ":" + attempt.model()).isEqualTo("one:first");
            assertThat(attempt.host()).isEqualTo("127.0.0.1:" + one.port());
            assertThat(attempt.reason()).startsWith(attempt.status() + " ");
            assertSent(one, "first", "sk-one");
        }
        assertThat(attempts(seen.result())).last().isEqualTo("two:second ok");
        assertSent(two, "second", "sk-two");
        assertThat(seen.result().request().uri()).hasPort(two.port());
        assertThat(own.connections()).isZero();
    }

    /** That model, that key, and nothing of the others. */
    private static void assertSent(ScriptedServer server, String model, String key) {
        ReceivedRequest request = server.takeRequest();
        assertThat(Json.parse(request.text()).get("model").asText()).isEqualTo(model);
        assertThat(request.header("authorization")).isEqualTo("Bearer " + key);
        String all = request.headers() + request.text();
        for (String other : List.of("sk-own", "sk-one", "sk-two", "sk-gone", "org-one", "fast", "x-own"))
            if (!other.equals(key) && !(other.equals("org-one") && key.equals("sk-one")) && !key.equals("sk-own"))
                assertThat(all).doesNotContain(other);
    }

    @ParameterizedTest
    @EnumSource
    void theNextModelIsAskedWhenOneCannotBeReached(Way way) throws Exception {
        for (String alias : List.of("gone", "unnamed", "insecure")) {
            if (alias.equals("insecure"))
                one.otherwise(to -> to.raw("no TLS\r\n").close());
            two.then(way.answer("Fine."));
            try (OpenAI once = client(c -> c.maxRetries(0))) {
                Way.Seen seen = way.chat(once, alias);

                assertThat(seen.text()).as(alias).isEqualTo("Fine.");
                assertThat(seen.result().attempts()).hasSize(2);
                assertThat(seen.result().attempts().get(0).reason())
                        .isEqualTo(Map.of("gone", "CONNECT", "unnamed", "DNS", "insecure", "TLS")
                                .get(alias));
                assertSent(two, "second", "sk-two");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextModelIsAskedWhenAConnectionIsLostBeforeAnyOfTheAnswer(Way way) throws Exception {
        one.then(to -> to.reset())
                .then(to -> to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                        .chunk(": only a comment so far\n\n")
                        .reset());
        two.then(way.answer("Fine."));

        Way.Seen seen = way.chat(client, "fast");

        assertThat(seen.text()).isEqualTo("Fine.");
        assertThat(seen.result().attempts()).extracting(OpenAIAttempt::provider).containsExactly("one", "one", "two");
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void aStreamThatHasBegunStaysWhereItIs(Way way) throws Exception {
        one.then(to -> to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                .chunk(Answers.unfinished("so far"))
                .reset());

        Way.Seen seen = way.chat(client, "fast");

        assertThat(seen.error().kind()).isIn(Kind.CONNECTION_LOST, Kind.TRUNCATED);
        assertThat(seen.text()).isEqualTo("so far");
        assertThat(seen.result().attempts()).hasSize(1);
        assertThat(two.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422, 501})
    void aMistakeIsNotTakenElsewhere(int status) throws Exception {
        for (Way way : Way.values()) {
            one.otherwise(to -> to.answer(status, "{\"error\":{\"message\":\"no\"}}", "retry-after-ms: 0"));
            assertThat(way.chat(client, "fast").error().status()).isEqualTo(status);
        }
        assertThat(two.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void neitherIsAnAnswerThatMakesNoSense(Way way) throws Exception {
        one.otherwise(to -> to.answer(200, "<html>", "content-type: application/json"));
        assertThat(way.chat(client, "fast").error().kind()).isEqualTo(Kind.MALFORMED);
        one.otherwise(to -> to.answer(307, "", "location: http://elsewhere.invalid/"));
        assertThat(way.chat(client, "fast").error().kind()).isEqualTo(Kind.REDIRECT);
        assertThat(two.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whenAllFailTheLastErrorAndAllAttemptsAreShown(Way way) throws Exception {
        one.otherwise(to -> to.answer(503, "{}", "retry-after-ms: 0"));
        two.otherwise(to -> to.answer(429, "{\"error\":{\"message\":\"slow down\"}}", "retry-after-ms: 0"));
        try (OpenAI once = client(c -> c.maxRetries(0))) {
            Way.Seen seen = way.chat(once, "all");

            assertThat(seen.error().message()).isEqualTo("slow down");
            assertThat(attempts(seen.result()))
                    .containsExactly("gone:a CONNECT", "one:b 503 Scripted", "two:c 429 Scripted");
            assertThat(seen.result().attempts())
                    .extracting(OpenAIAttempt::status)
                    .containsExactly(0, 503, 429);
            assertThat(seen.result().request().uri()).hasPort(two.port());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theClientsOwnServerMayBeOneOfThem(Way way) throws Exception {
        own.then(to -> to.answer(503, "", "x-should-retry: false")).then(way.answer("At home."));
        one.then(to -> to.answer(503, "", "x-should-retry: false"));
        two.then(way.answer("Fine."));

        assertThat(way.chat(client, "home").text()).isEqualTo("Fine.");
        assertThat(own.takeRequest().header("x-own")).isEqualTo("own");
        assertSent(two, "second", "sk-two");
        assertThat(way.chat(client, "away").text()).isEqualTo("At home.");
        assertThat(own.takeRequest().header("authorization")).isEqualTo("Bearer sk-own");
    }

    @Test
    void credentialsOfTheCallGoToTheFirstModelOnly() {
        one.then(to -> to.answer(503, "", "x-should-retry: false"));
        two.then(Way.WAITING.answer("Fine."));

        client.chat()
                .completions()
                .create(
                        Way.QUESTION,
                        p -> p.model("fast")
                                .extraHeader("Authorization", "Bearer sk-call")
                                .extraHeader("OpenAI-Organization", "org-call")
                                .extraHeader("X-Auth-Token", "token-call")
                                .extraHeader("X-Auth", "auth-call")
                                .extraHeader("X-Password", "password-call")
                                .extraHeader("X-Session-Id", "session-call")
                                .extraHeader("X-JWT", "jwt-call")
                                .extraHeader("X-Signature", "signature-call")
                                .extraHeader("X-Whatever", "whatever-call")
                                .extraHeader("Accept-Language", "de")
                                .extraHeader("Idempotency-Key", "id-7")
                                .extraHeader("Traceparent", "7"));

        ReceivedRequest first = one.takeRequest();
        assertThat(first.header("authorization")).isEqualTo("Bearer sk-call");
        assertThat(first.header("openai-organization")).isEqualTo("org-call");
        assertThat(first.header("x-whatever")).isEqualTo("whatever-call");
        ReceivedRequest second = two.takeRequest();
        assertThat(second.header("traceparent")).isEqualTo("7");
        assertThat(second.header("idempotency-key")).isEqualTo("id-7");
        assertThat(second.header("accept-language")).isEqualTo("de");
        assertThat(second.header("authorization")).isEqualTo("Bearer sk-two");
        assertThat(second.headers().toString()).doesNotContain("-call");
    }

    @Test
    void retriesCountForEachModelAndTheDeadlineForTheWholeCall() throws Exception {
        ManualClock clock = new ManualClock();
        CountDownLatch second = new CountDownLatch(1);
        one.otherwise(to -> to.answer(503, "", "retry-after: 20"));
        two.then(to -> to.answer(503, "", "retry-after: 20")).then(to -> {
            second.countDown();
            to.awaitPeerClosed();
        });
        try (OpenAI timed = Clients.withClock(
                OpenAIConfiguration.defaults()
                        .baseURL(own.uri("/v1").toString())
                        .providers(providers)
                        .maxRetries(1)
                        .timeout(Duration.ofSeconds(60)),
                clock)) {
            OpenAICall<OpenAIChatCompletionsResult> call = timed.chat()
                    .completions()
                    .create(Way.QUESTION, p -> p.async().model("fast"));
            clock.awaitTaskWithin(Duration.ofSeconds(20));
            clock.advance(Duration.ofSeconds(20));
            two.takeRequest();
            clock.awaitTaskWithin(Duration.ofSeconds(20));
            clock.advance(Duration.ofSeconds(20));
            two.takeRequest();
            assertThat(second.await(ScriptedServer.LIMIT_SECONDS, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(call.isDone()).isFalse();
            clock.advance(Duration.ofSeconds(20));

            OpenAIChatCompletionsResult result = Way.ended(call);
            assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(attempts(result))
                    .containsExactly(
                            "one:first 503 Scripted",
                            "one:first 503 Scripted",
                            "two:second 503 Scripted",
                            "two:second TIMEOUT");
        }
    }

    @Test
    void theDeadlineOfTheCallIsNoReasonToAskTheNextModel() throws Exception {
        one.otherwise(to -> to.awaitPeerClosed());
        OpenAIChatCompletionsResult result = client.chat()
                .completions()
                .create(Way.QUESTION, p -> p.model("fast").timeout(Duration.ofMillis(300)));
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(two.connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void silenceIsOne(Way way) throws Exception {
        one.otherwise(to -> to.awaitPeerClosed());
        two.then(way.answer("Fine."));
        try (OpenAI once = client(c -> c.maxRetries(0).firstByteTimeout(Duration.ofMillis(200)))) {
            Way.Seen seen = way.chat(once, "fast");
            assertThat(attempts(seen.result())).containsExactly("one:first FIRST_BYTE_TIMEOUT", "two:second ok");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingEndsTheModelThatIsAskedAndAsksNoOther(boolean stream) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        one.then(to -> to.answer(503, "", "x-should-retry: false"));
        two.then(to -> {
            asked.countDown();
            to.awaitPeerClosed();
        });
        OpenAIProviders three = providers.modelAlias("three", "one:a", "two:b", ":c");
        try (OpenAI asking = client(c -> c.providers(three))) {
            OpenAICall<OpenAIChatCompletionsResult> call =
                    asking.chat().completions().create(Way.QUESTION, p -> p.async().model("three").stream(stream));
            assertThat(asked.await(ScriptedServer.LIMIT_SECONDS, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
            assertThat(call.cancel()).isTrue();

            assertThat(Way.ended(call).errors().get(0).isCancelled()).isTrue();
            two.awaitPeerClosed(1);
            assertThat(attempts(Way.ended(call))).containsExactly("one:a 503 Scripted", "two:b aborted: CANCELLED");
        }
        assertThat(own.connections()).isZero();
    }

    @Test
    void manyCallsAtOnceEachFindTheirWay() throws Exception {
        one.otherwise(to -> to.answer(503, "", "x-should-retry: false"));
        two.otherwise(Way.WAITING.answer("Fine."));
        List<OpenAICall<OpenAIChatCompletionsResult>> calls = Stream.generate(() -> client.chat()
                        .completions()
                        .create(Way.QUESTION, p -> p.async().model("fast")))
                .limit(200)
                .toList();
        for (OpenAICall<OpenAIChatCompletionsResult> call : calls) {
            assertThat(Way.ended(call).choice().text()).isEqualTo("Fine.");
            assertThat(Way.ended(call).attempts()).hasSize(2);
        }
    }
}
