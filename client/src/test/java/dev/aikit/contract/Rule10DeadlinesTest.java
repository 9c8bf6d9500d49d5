package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 10: each part of a call has its deadline, and each deadline its own error; on a clock that the test moves. */
class Rule10DeadlinesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ScriptedServer server = ScriptedServer.start();
    private final ManualClock clock = new ManualClock();
    private OpenAI client;

    private Observed start(Way way, UnaryOperator<OpenAIConfiguration> settings) {
        client = Clients.withClock(
                settings.apply(OpenAIConfiguration.defaults()
                        .baseURL(server.uri("/v1").toString())
                        .maxRetries(0)),
                clock);
        return Observed.start(way, client);
    }

    @AfterEach
    void close() {
        if (client != null) client.close();
        server.close();
    }

    private void passes(Duration limit, Observed observed, Kind kind, String setting) {
        clock.advance(limit.minusNanos(1));
        assertThat(clock.hasTaskWithin(Duration.ofNanos(1)))
                .as("the deadline has not passed yet")
                .isTrue();
        clock.advance(Duration.ofNanos(1));

        assertThat(observed.endedOnce().error().kind()).isEqualTo(kind);
        assertThat(observed.error().isTimeout()).isTrue();
        assertThat(observed.error().message()).contains(setting, "20 s", "127.0.0.1");
        server.awaitPeerClosed(1);
    }

    @ParameterizedTest
    @EnumSource
    void forTheFirstByte(Way way) {
        server.then(to -> to.awaitPeerClosed());
        Observed observed = start(way, c -> c.firstByteTimeout(LIMIT));
        server.takeRequest();

        passes(LIMIT, observed, Kind.FIRST_BYTE_TIMEOUT, "firstByteTimeout");
    }

    @ParameterizedTest
    @EnumSource
    void forSilenceWithinTheAnswer(Way way) throws InterruptedException {
        server.then(to -> {
            if (ChatScripts.wantsStream(to)) ChatScripts.beginStream(to).chunk(ChatScripts.piece("so far"));
            else to.head(200, ChatScripts.JSON, "content-length: 1000").raw("{");
            to.awaitPeerClosed();
        });
        Observed observed = start(way, c -> c.idleTimeout(LIMIT));
        clock.awaitTaskWithin(LIMIT);
        if (way == Way.STREAMING) observed.awaitFirstPiece();

        passes(LIMIT, observed, Kind.IDLE_TIMEOUT, "idleTimeout");

        if (way == Way.STREAMING) assertThat(observed.result().choice().text()).isEqualTo("so far");
    }

    @Test
    void eachPieceBeginsTheSilenceAnew() {
        int pieces = 5;
        CountDownLatch[] gates = new CountDownLatch[pieces];
        for (int i = 0; i < pieces; i++) gates[i] = new CountDownLatch(1);
        server.then(to -> {
            ChatScripts.beginStream(to);
            for (CountDownLatch gate : gates) to.await(gate).chunk(ChatScripts.piece("x"));
            to.awaitPeerClosed();
        });
        Observed observed = start(Way.STREAMING, c -> c.idleTimeout(LIMIT));
        for (int i = 0; i < pieces; i++) {
            gates[i].countDown();
            int expected = i + 1;
            Events.until(() -> observed.texts().size() == expected, "piece " + expected);
            clock.advance(LIMIT.minusSeconds(1));
            assertThat(observed.isOver()).isFalse();
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
        assertThat(observed.result().choice().text()).isEqualTo("xxxxx");
    }

    @ParameterizedTest
    @EnumSource
    void forOneAttempt(Way way) {
        server.then(to -> to.awaitPeerClosed());
        Observed observed = start(way, c -> c.attemptTimeout(LIMIT));
        server.takeRequest();

        passes(LIMIT, observed, Kind.ATTEMPT_TIMEOUT, "attemptTimeout");
    }

    @ParameterizedTest
    @EnumSource
    void forTheWholeCall(Way way) {
        server.then(to -> to.awaitPeerClosed());
        Observed observed = start(way, c -> c.timeout(LIMIT));
        server.takeRequest();

        passes(LIMIT, observed, Kind.TIMEOUT, "(timeout)");
    }

    @ParameterizedTest
    @EnumSource
    void forTheWholeCallWithItsRetriesAndWaits(Way way) {
        server.otherwise(to -> to.awaitPeerClosed());
        Observed observed = start(
                way, c -> c.timeout(LIMIT).attemptTimeout(Duration.ofSeconds(8)).maxRetries(9));
        server.takeRequest();
        clock.advance(Duration.ofSeconds(8)); // the first attempt fails
        clock.awaitTaskWithin(Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));
        server.takeRequest();
        clock.advance(Duration.ofSeconds(8)); // the second attempt fails
        clock.awaitTaskWithin(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        server.takeRequest();
        clock.advance(Duration.ofMillis(2500)); // 20 s in all, within the third attempt

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(observed.result().attempts()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatTimesOutIsTriedAgain(Way way) {
        server.then(to -> to.awaitPeerClosed()).then(ChatScripts.chat("Hi"));
        Observed observed = start(way, c -> c.attemptTimeout(LIMIT).maxRetries(1));
        server.takeRequest();
        clock.advance(LIMIT);
        clock.awaitTaskWithin(Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));

        assertThat(observed.endedOnce().result().success()).isTrue();
        assertThat(observed.result().attempts()).hasSize(2);
        server.awaitPeerClosed(1);
    }

    @ParameterizedTest
    @EnumSource
    void forConnecting(Way way) {
        // The server speaks no TLS, and both sides wait for the other. Connecting goes by the real clock.
        client = OpenAI.create(c -> c.baseURL("https://127.0.0.1:" + server.port() + "/v1")
                .connectTimeout(Duration.ofMillis(50))
                .maxRetries(0));
        Observed observed = Observed.start(way, client);

        assertThat(observed.endedOnce().error().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
        assertThat(observed.error().isTimeout()).isTrue();
        assertThat(observed.error().message()).contains("50 ms", "127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource
    void forAFreeSocket(Way way) {
        server.then(to -> to.awaitPeerClosed());
        client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString())
                .connectTimeout(Duration.ofMillis(50))
                .httpAgent(HttpAgent.create(a -> a.maxSockets(1)))
                .maxRetries(0));
        client.models().list(p -> p.async());
        server.takeRequest();

        assertThat(Observed.start(way, client).endedOnce().error().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void aCallsOwnLimitsGoBeforeTheClients(Way way) {
        server.then(to -> to.awaitPeerClosed());
        client = Clients.withClock(
                OpenAIConfiguration.defaults()
                        .baseURL(server.uri("/v1").toString())
                        .timeout(Duration.ofSeconds(5))
                        .maxRetries(0),
                clock);
        Observed observed = Observed.start(way, client, p -> p.timeout(LIMIT));
        server.takeRequest();

        passes(LIMIT, observed, Kind.TIMEOUT, "(timeout)");
    }

    @Test
    void aCallbackThatTakesItsTimeIsNotTheServersSilence() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(ChatScripts.chat("a", "b"));
        client = Clients.withClock(
                OpenAIConfiguration.defaults().baseURL(server.uri("/v1").toString()), clock);
        CountDownLatch inside = new CountDownLatch(1);
        var call = client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.idleTimeout(LIMIT).onData(piece -> {
                            inside.countDown();
                            Events.await(gate);
                        }));
        Events.await(inside);
        Events.until(() -> !clock.hasTaskWithin(Duration.ofDays(1)), "the arrival of the whole answer");
        clock.advance(Duration.ofHours(1));
        gate.countDown();

        assertThat(Events.await(call.future()).success()).isTrue();
    }
}
