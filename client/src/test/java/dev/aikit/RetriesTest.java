package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a call is tried again, and how long it waits before that: on a clock that the test moves. */
class RetriesTest {
    private final ManualClock clock = new ManualClock();
    private final ScriptedServer server = ScriptedServer.start();
    private final OpenAI client = Clients.withClock(
            OpenAIConfiguration.defaults()
                    .baseURL(server.uri("/v1").toString())
                    .maxRetries(3)
                    .timeout(Duration.ofMinutes(10)),
            clock);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static Stream<Arguments> waits() {
        return Stream.of(
                Arguments.of(List.of("retry-after: 20"), Duration.ofSeconds(20)),
                Arguments.of(List.of("retry-after: 1.5"), Duration.ofMillis(1500)),
                Arguments.of(List.of("retry-after-ms: 2500"), Duration.ofMillis(2500)),
                Arguments.of(List.of("retry-after: 20", "retry-after-ms: 3000"), Duration.ofSeconds(3)),
                Arguments.of(List.of("retry-after: Tue, 01 Jan 2030 00:00:40 GMT"), Duration.ofSeconds(40)),
                Arguments.of(List.of("Retry-After:  7 "), Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void waitsAsLongAsTheServerAsks(List<String> headers, Duration wait) throws Exception {
        server.then(to -> to.answer(429, "{}", headers.toArray(String[]::new)))
                .then(to -> to.answer(200, "{\"data\":[]}"));
        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.async());
        clock.awaitTaskWithin(wait);

        assertThat(clock.hasTaskWithin(wait.minusMillis(1))).as("not before").isFalse();
        assertThat(server.requestsWaiting()).isEqualTo(1);
        clock.advance(wait);

        assertThat(Way.ended(call).success()).isTrue();
        assertThat(server.requestsWaiting()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-no: wish", "retry-after: soon", "retry-after: -5", "retry-after: NaN", "retry-after: 1e300"})
    void waitsABitLongerEachTimeWhereTheServerAsksForNothingThatCanBeUnderstood(String header) throws Exception {
        server.otherwise(to -> to.answer(500, "{}", header));
        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.async());
        for (Duration longest : List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2))) {
            clock.awaitTaskWithin(longest);
            assertThat(clock.hasTaskWithin(longest.multipliedBy(7).dividedBy(10)))
                    .as("at least three quarters of %s", longest)
                    .isFalse();
            clock.advance(longest);
        }
        OpenAIModelListResult result = Way.ended(call);
        assertThat(result.errors().get(0).status()).isEqualTo(500);
        assertThat(result.attempts()).hasSize(4);
    }

    @Test
    void aDateInThePastMeansNow() throws Exception {
        server.then(to -> to.answer(503, "", "retry-after: Mon, 31 Dec 2029 23:00:00 GMT"))
                .then(to -> to.answer(200, "{\"data\":[]}"));
        assertThat(Way.ended(client.models().list(p -> p.async())).success()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "408,,true",
        "409,,true",
        "429,,true",
        "500,,true",
        "502,,true",
        "503,,true",
        "504,,true",
        "599,,true",
        "400,,false",
        "401,,false",
        "403,,false",
        "404,,false",
        "422,,false",
        "400,true,true",
        "500,false,false",
        "429,maybe,true",
    })
    void triesAgainByStatusUnlessTheServerKnowsBetter(int status, String advice, boolean again) throws Exception {
        server.then(to -> to.answer(
                        status, "{}", "retry-after-ms: 0", "x-should-retry: " + (advice == null ? "" : advice)))
                .then(to -> to.answer(200, "{\"data\":[]}"));
        OpenAIModelListResult result = Way.ended(client.models().list(p -> p.async()));
        assertThat(result.attempts()).hasSize(again ? 2 : 1);
        assertThat(result.success()).isEqualTo(again);
        assertThat(result.attempts().get(0).status()).isEqualTo(status);
        assertThat(result.attempts().get(0).host()).isEqualTo("127.0.0.1:" + server.port());
    }

    @Test
    void doesNotWaitBeyondTheDeadlineAndSaysUntilWhenTheServerAsksToWait() throws Exception {
        server.then(to -> to.answer(429, "{\"error\":{\"message\":\"slow down\"}}", "retry-after: 601"));
        OpenAIModelListResult result = Way.ended(client.models().list(p -> p.async()));
        assertThat(result.errors().get(0).message())
                .startsWith("slow down")
                .contains("601 s")
                .contains("2030-01-01T00:10:01Z");
        assertThat(result.errors().get(0).isRateLimitError()).isTrue();
        assertThat(result.attempts()).hasSize(1);
    }

    @Test
    void theDeadlineCountsFromTheStartNotFromTheLastAttempt() throws Exception {
        server.then(to -> to.answer(429, "{}", "retry-after: 400"))
                .then(to -> to.answer(429, "{}", "retry-after: 250"));
        OpenAICall<OpenAIModelListResult> call = client.models()
                .list(p -> p.async().firstByteTimeout(Duration.ofHours(1)).idleTimeout(Duration.ofHours(1)));
        clock.awaitTaskWithin(Duration.ofSeconds(400));
        clock.advance(Duration.ofSeconds(400));
        OpenAIModelListResult result = Way.ended(call);
        assertThat(result.errors().get(0).message()).contains("2030-01-01T00:10:50Z");
        assertThat(result.attempts()).hasSize(2);
    }

    @Test
    void aStreamWaitsInTheSameWay() throws Exception {
        server.then(to -> to.answer(429, "{}", "retry-after: 20")).then(Way.STREAMING.answer("Fine."));
        OpenAICall<OpenAIChatCompletionsResult> call =
                client.chat().completions().create(Way.QUESTION, p -> p.onData(piece -> {}));
        clock.awaitTaskWithin(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20));
        assertThat(Way.ended(call).choice().text()).isEqualTo("Fine.");
    }

    @Test
    void aCallHasItsOwnNumberOfRetries() throws Exception {
        server.then(to -> to.answer(500, "{}"));
        assertThat(client.models().list(p -> p.maxRetries(0)).attempts()).hasSize(1);
    }
}
