package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 11: waiting, asynchronous and streaming calls are tried again on the same conditions, and never past the deadline. */
class Rule11RetriesTest {
    private final ScriptedServer server = ScriptedServer.start();
    private final ManualClock clock = new ManualClock();
    private final OpenAI client = Clients.withClock(
            OpenAIConfiguration.defaults().baseURL(server.uri("/v1").toString()).maxRetries(2), clock);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** What may be different the next time. */
    private enum Passing {
        RESET(to -> to.reset()),
        CLOSED(to -> to.close()),
        TIMED_OUT_408(ChatScripts.status(408, "{}")),
        CONFLICT_409(ChatScripts.status(409, "{}")),
        TOO_MANY_429(ChatScripts.status(429, "{}")),
        BROKEN_500(ChatScripts.status(500, "oh")),
        GATEWAY_502(ChatScripts.status(502, "<html></html>", "content-type: text/html")),
        BUSY_503(ChatScripts.status(503, "{}")),
        CUT_BEFORE_THE_FIRST_PIECE(to -> {
            if (ChatScripts.wantsStream(to)) ChatScripts.beginStream(to);
            else to.head(200, ChatScripts.JSON, "content-length: 100").raw("{");
            to.reset();
        }),
        CUT_ERROR_ANSWER(to -> to.head(503, "content-length: 100").raw("{").reset());

        private final Script script;

        Passing(Script script) {
            this.script = script;
        }
    }

    /** What will be the same the next time. */
    private enum Lasting {
        BAD_REQUEST_400,
        UNAUTHORIZED_401,
        FORBIDDEN_403,
        NOT_FOUND_404,
        UNPROCESSABLE_422,
        NOT_IMPLEMENTED_501
    }

    static Stream<Arguments> passingInEveryWay() {
        return Arrays.stream(Passing.values())
                .flatMap(fault -> Arrays.stream(Way.values()).map(way -> Arguments.of(fault, way)));
    }

    static Stream<Arguments> lastingInEveryWay() {
        return Arrays.stream(Lasting.values())
                .flatMap(fault -> Arrays.stream(Way.values()).map(way -> Arguments.of(fault, way)));
    }

    /** The waits grow from half a second to a whole one, each less up to a quarter. */
    private void passWaits(int count) {
        for (int i = 0; i < count; i++) {
            Duration wait = Duration.ofMillis(500L << i);
            clock.awaitTaskWithin(wait);
            assertThat(clock.hasTaskWithin(wait.multipliedBy(3).dividedBy(4).minusMillis(2)))
                    .isFalse();
            clock.advance(wait);
        }
    }

    @ParameterizedTest
    @MethodSource("passingInEveryWay")
    void whatMayPassIsTriedAgain(Passing fault, Way way) {
        server.then(fault.script).then(fault.script).then(ChatScripts.chat("Hi", " there"));

        Observed observed = Observed.start(way, client);
        passWaits(2);

        assertThat(observed.endedOnce().result().choice().text()).isEqualTo("Hi there");
        assertThat(observed.result().attempts()).hasSize(3);
        assertThat(observed.result().attempts().get(2).reason()).isEqualTo("ok");
    }

    @ParameterizedTest
    @MethodSource("passingInEveryWay")
    void asOftenAsIsAllowedAndThenTheLastErrorIsReported(Passing fault, Way way) {
        server.otherwise(fault.script);

        Observed observed = Observed.start(way, client);
        passWaits(2);

        assertThat(observed.endedOnce().result().attempts())
                .hasSize(3)
                .extracting(OpenAIAttempt::reason)
                .allSatisfy(reason -> assertThat(reason).isNotBlank().isNotEqualTo("ok"));
        assertThat(observed.error().isTimeout()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("lastingInEveryWay")
    void whatWillNotPassIsNot(Lasting fault, Way way) {
        int status = Integer.parseInt(fault.name().replaceAll("\\D", ""));
        server.then(ChatScripts.status(status, "{}"));

        Observed observed = Observed.start(way, client).endedOnce();

        assertThat(observed.error().status()).isEqualTo(status);
        assertThat(observed.result().attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedConnectionIsTriedAgain(Way way) throws java.io.IOException {
        server.refuse();

        Observed observed = Observed.start(way, client);
        passWaits(2);

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.CONNECT);
        assertThat(observed.result().attempts()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void theServersWishForAWaitIsHeeded(Way way) {
        server.then(ChatScripts.status(429, "{}", "retry-after: 20")).then(ChatScripts.chat("Hi"));

        Observed observed = Observed.start(way, client);
        clock.awaitTaskWithin(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(clock.hasTaskWithin(Duration.ofNanos(1))).isTrue();
        clock.advance(Duration.ofNanos(1));

        assertThat(observed.endedOnce().result().success()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aWishThatDoesNotFitTheDeadlineEndsTheCallAtOnce(Way way) {
        server.then(ChatScripts.status(429, "{\"error\":{\"message\":\"slow down\"}}", "retry-after: 86400"));

        Observed observed = Observed.start(way, client).endedOnce();

        assertThat(observed.error().isRateLimitError()).isTrue();
        assertThat(observed.error().message()).contains("slow down", "86400 s", "2030-01-02T00:00:00Z");
        assertThat(observed.result().attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitThatDoesNotFitTheDeadlineEndsTheCallWithItsError(Way way) {
        server.then(ChatScripts.status(503, "{}"));

        Observed observed = Observed.start(way, client, p -> p.timeout(Duration.ofMillis(300)))
                .endedOnce();

        assertThat(observed.error().status()).isEqualTo(503);
        assertThat(observed.result().attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCallsOwnNumberGoesBeforeTheClients(Way way) {
        server.then(ChatScripts.status(503, "{}"));

        Observed observed = Observed.start(way, client, p -> p.maxRetries(0)).endedOnce();

        assertThat(observed.result().attempts()).hasSize(1);
    }

    @Test
    void aStreamIsNotTriedAgainOnceAPieceWasHandedOver() {
        server.then(to ->
                ChatScripts.beginStream(to).chunk(ChatScripts.piece("so far")).reset());

        Observed observed = Observed.start(Way.STREAMING, client).endedOnce();

        assertThat(observed.error().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(observed.texts()).containsExactly("so far");
        assertThat(observed.result().attempts()).hasSize(1);
    }

    /** A call that leaves its connection open for the next one. */
    private void leaveAConnection() {
        server.then(ChatScripts.chat("first"));
        assertThat(Observed.start(Way.WAITING, client).endedOnce().result().success())
                .isTrue();
        server.takeRequest();
    }

    @ParameterizedTest
    @EnumSource
    void whatAServerReadAndDidNotAnswerIsNotSentAgainBehindTheCallersBack(Way way) {
        leaveAConnection();
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).close());

        Observed observed = Observed.start(way, client, p -> p.maxRetries(0));
        server.takeRequest();
        clock.advance(Duration.ofSeconds(2));
        gate.countDown();

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(observed.result().attempts()).hasSize(1);
        assertThat(server.requestsWaiting()).isZero();
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anIdleConnectionThatIsClosedInTheMomentOfItsUseCostsNoRetry(Way way) {
        leaveAConnection();
        server.then(to -> to.close()).then(ChatScripts.chat("Hi"));

        Observed observed = Observed.start(way, client, p -> p.maxRetries(0)).endedOnce();

        assertThat(observed.result().choice().text()).isEqualTo("Hi");
        assertThat(observed.result().attempts()).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
    }
}
