package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a result says of its call beside the answer. */
class ResultDetailsTest {
    private static final String USAGE = """
            {"prompt_tokens":31,"completion_tokens":22,"total_tokens":53,
             "prompt_tokens_details":{"cached_tokens":16,"audio_tokens":3},
             "completion_tokens_details":{"reasoning_tokens":7,"audio_tokens":4,
              "accepted_prediction_tokens":5,"rejected_prediction_tokens":6},
             "seconds_on_the_gpu":0.125}""".replace("\n", "");

    private final ScriptedServer server = ScriptedServer.start();
    private final ManualClock clock = new ManualClock();
    private final OpenAI client = Clients.withClock(
            OpenAIConfiguration.defaults()
                    .baseURL(server.uri("/v1").toString())
                    .apiKey("sk-test")
                    .maxRetries(1),
            clock);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static ScriptedServer.Script answer(Way way) {
        String[] headers = {
            way.streams() ? "content-type: text/event-stream" : "content-type: application/json",
            "X-Request-Id: req-7",
            "X-RateLimit-Limit-Requests: 60",
            "x-ratelimit-limit-tokens: 150000",
            "x-ratelimit-remaining-requests: 59",
            "x-ratelimit-remaining-tokens: 149984",
            "x-ratelimit-reset-requests: 1s",
            "x-ratelimit-reset-tokens: 6m0s",
            "x-twice: a",
            "X-Twice: b"
        };
        String usage = "{\"choices\":[],\"usage\":" + USAGE + "}";
        String stream = Answers.unfinished("Fine.")
                + Answers.event(Answers.piece("{}", "\"stop\""))
                + Answers.event(usage)
                + Answers.done();
        String whole = Json.parse(Answers.whole("Fine."))
                .with("usage", Json.parse(USAGE))
                .toString();
        return to -> to.answer(200, way.streams() ? stream : whole, headers);
    }

    @ParameterizedTest
    @EnumSource
    void everyWayOfCallingHasThemAll(Way way) throws Exception {
        server.then(to -> to.answer(503, "{}", "retry-after-ms: 0")).then(answer(way));

        OpenAIResult result = way.chat(client).result();

        assertThat(result.success() && result.terminated()).isTrue();
        assertThat(result.requestID()).isEqualTo("req-7");
        assertThat(result.headers())
                .containsEntry("x-request-id", List.of("req-7"))
                .containsEntry("x-twice", List.of("a", "b"));
        assertThat(result.rateLimit())
                .isEqualTo(new OpenAIRateLimit(
                        new OpenAIRateLimit.Counts(60, 150_000),
                        new OpenAIRateLimit.Counts(59, 149_984),
                        new OpenAIRateLimit.Times("1s", "6m0s")));
        assertAll(result.usage());
        assertThat(result.json().get("choices").size()).isEqualTo(1);
        assertThat(result.response().status()).isEqualTo(200);

        ReceivedRequest sent = server.takeRequest();
        OpenAIRequest request = result.request();
        assertThat(request.function()).isEqualTo("chat.completions.create");
        assertThat(request.method()).isEqualTo(sent.method());
        assertThat(request.uri()).isEqualTo(server.uri(sent.target()));
        assertThat(request.bodyBytes()).isEqualTo(sent.body().length);
        assertThat(request.headerNames()).contains("authorization", "content-type");

        assertThat(result.attempts())
                .extracting(OpenAIAttempt::host)
                .containsOnly("127.0.0.1:" + server.port())
                .hasSize(2);
        assertThat(result.attempts()).extracting(OpenAIAttempt::status).containsExactly(503, 200);
        assertThat(result.attempts().get(0).reason()).contains("503");
        assertThat(result.attempts().get(1).reason()).isEqualTo("ok");
    }

    private static void assertAll(OpenAIUsage usage) {
        assertThat(usage.isPresent()).isTrue();
        assertThat(usage.promptTokens()).isEqualTo(31);
        assertThat(usage.completionTokens()).isEqualTo(22);
        assertThat(usage.totalTokens()).isEqualTo(53);
        assertThat(usage.promptTokensDetails())
                .isEqualTo(Json.parse(USAGE).get("prompt_tokens_details"))
                .isNotEqualTo(Json.missing());
        assertThat(usage.completionTokensDetails().size()).isEqualTo(4);
        assertThat(usage.cachedTokens()).isEqualTo(16);
        assertThat(usage.audioTokens()).as("in the prompt and in the answer").isEqualTo(3 + 4);
        assertThat(usage.reasoningTokens()).isEqualTo(7);
        assertThat(usage.acceptedPredictionTokens()).isEqualTo(5);
        assertThat(usage.rejectedPredictionTokens()).isEqualTo(6);
        assertThat(usage.json().get("seconds_on_the_gpu").asDouble(0)).isEqualTo(0.125);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureHasThemToo(Way way) throws Exception {
        server.then(to -> to.answer(
                400,
                "{\"error\":{\"message\":\"no\"},\"usage\":{\"total_tokens\":2}}",
                "x-request-id: req-8",
                "x-ratelimit-remaining-tokens: 0",
                "x-ratelimit-reset-tokens: 17ms"));

        OpenAIResult result = way.chat(client).result();

        assertThat(result.success()).isFalse();
        assertThat(result.terminated()).isTrue();
        assertThat(result.requestID())
                .isEqualTo("req-8")
                .isEqualTo(result.errors().get(0).requestID());
        assertThat(result.headers()).isEqualTo(result.errors().get(0).headers()).containsKey("x-request-id");
        assertThat(result.rateLimit().remaining()).isEqualTo(new OpenAIRateLimit.Counts(-1, 0));
        assertThat(result.rateLimit().reset()).isEqualTo(new OpenAIRateLimit.Times("", "17ms"));
        assertThat(result.usage().totalTokens()).isEqualTo(2);
        assertThat(result.json()).isEqualTo(result.errors().get(0).body());
        assertThat(result.attempts()).extracting(OpenAIAttempt::status).containsExactly(400);
    }

    /** In the forms of OpenAI, of Anthropic, of Groq, of gateways: a server's text is not made into a guess. */
    @ParameterizedTest
    @ValueSource(strings = {"1s", "6m0s", "17ms", "8.64s", "1h2m3s", "59", "1700000000", "2030-01-01T00:00:00Z"})
    void theTimesOfResetAreKeptAsTheServerWritesThem(String time) {
        server.then(to -> to.answer(
                200, "{\"data\":[]}", "x-ratelimit-reset-requests: " + time, "x-ratelimit-reset-tokens:  " + time));
        assertThat(client.models().list().rateLimit().reset()).isEqualTo(new OpenAIRateLimit.Times(time, time));
    }

    @Test
    void anAttemptLastsFromItsStartToItsEndWithoutTheWaitForTheNext() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        server.then(to -> to.await(first).answer(429, "{}", "retry-after: 20"))
                .then(to -> to.await(second).answer(200, "{\"data\":[]}"));
        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.async());
        server.takeRequest();
        clock.advance(Duration.ofSeconds(3));
        first.countDown();
        clock.awaitTaskWithin(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20));
        server.takeRequest();
        clock.advance(Duration.ofSeconds(5));
        second.countDown();

        assertThat(Way.ended(call).attempts())
                .extracting(OpenAIAttempt::duration)
                .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    @Test
    void whereNoAnswerCameThereIsNothingInItsPlaces() throws Exception {
        server.refuse();
        OpenAIModelListResult result = client.models().list(p -> p.maxRetries(0));
        assertThat(result.response()).isNull();
        assertThat(result.rateLimit()).isNull();
        assertThat(result.requestID()).isEmpty();
        assertThat(result.headers()).isEmpty();
        assertThat(result.usage().isPresent()).isFalse();
        assertThat(result.json().isPresent()).isFalse();
        assertThat(result.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.host()).isEqualTo("127.0.0.1:" + server.port());
            assertThat(attempt.status()).isZero();
            assertThat(attempt.reason()).isEqualTo("CONNECT");
        });
    }
}
