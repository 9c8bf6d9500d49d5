package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Events;
import dev.aikit.testing.Way;
import dev.aikit.testing.Way.Seen;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.Fault;
import dev.aikit.testkit.Faults;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.TestCertificate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fault of the test kit is to a call, in every way of making it. */
class FaultsTest {
    private static final String JSON = "content-type: application/json";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private Seen ask(Way way) throws InterruptedException {
        return ask(way, c -> c);
    }

    private Seen ask(Way way, UnaryOperator<OpenAIConfiguration> settings) throws InterruptedException {
        try (OpenAI client = Way.client(server, c -> settings.apply(c.maxRetries(0)))) {
            return way.chat(client);
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(Way.values()).flatMap(way -> {
            Script answer = way.answer("Hello", " world");
            Kind inBody = way.streams() ? Kind.TRUNCATED : Kind.CONNECTION_LOST;
            return Stream.of(
                    Arguments.of(way, "reset", Kind.CONNECTION_LOST, Faults.instead(Fault.RESET)),
                    Arguments.of(way, "close", Kind.CONNECTION_LOST, Faults.instead(Fault.CLOSE)),
                    Arguments.of(way, "half-close", Kind.CONNECTION_LOST, Faults.instead(Fault.HALF_CLOSE)),
                    Arguments.of(way, "garbage", Kind.PROTOCOL, Faults.instead(Fault.GARBAGE)),
                    Arguments.of(way, "reset in head", Kind.CONNECTION_LOST, Faults.after(20, Fault.RESET, answer)),
                    Arguments.of(way, "reset in body", inBody, Faults.after(120, Fault.RESET, answer)),
                    Arguments.of(way, "close in body", inBody, Faults.after(120, Fault.CLOSE, answer)),
                    Arguments.of(way, "half in body", inBody, Faults.after(120, Fault.HALF_CLOSE, answer)),
                    Arguments.of(way, "too short", Kind.CONNECTION_LOST, Faults.tooShort(200, "{\"id\":", 100, JSON)),
                    Arguments.of(way, "false gzip", Kind.PROTOCOL, Faults.falseGzip(200, "{}", JSON)),
                    Arguments.of(way, "header of 1 MB", Kind.TOO_LARGE, Faults.longHeader(1_000_000)),
                    Arguments.of(way, "endless body", Kind.TOO_LARGE, Faults.endless(200, JSON)));
        });
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @MethodSource("faults")
    void isOfItsKind(Way way, String what, Kind kind, Script fault) throws Exception {
        server.then(fault);
        assertThat(ask(way, c -> c.limits(l -> l.maxBodyBytes(1_000_000).maxEventBytes(1_000_000)))
                        .error()
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void silenceEndsWithItsDeadlineByTheClockOfTheTest() throws Exception {
        server.then(Faults.instead(Fault.STALL))
                .then(Faults.after(250, Fault.STALL, Way.STREAMING.answer("Hello", " world")));
        try (OpenAI client = Way.client(
                server,
                c -> c.maxRetries(0)
                        .firstByteTimeout(MINUTE)
                        .idleTimeout(MINUTE)
                        .clock(clock, clock::schedule))) {
            OpenAICall<?> mute = client.chat().completions().create(Way.QUESTION, p -> p.formula(r -> {}));
            server.takeRequest();
            clock.awaitTaskWithin(MINUTE);
            clock.advance(MINUTE);
            assertThat(Way.ended(mute).errors().get(0).kind()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);

            CountDownLatch begun = new CountDownLatch(1);
            OpenAICall<?> half = client.chat()
                    .completions()
                    .create(Way.QUESTION, p -> p.stream(true).onData(piece -> begun.countDown()));
            Events.await(begun);
            clock.advance(MINUTE);
            assertThat(Way.ended(half).errors().get(0).kind()).isEqualTo(Kind.IDLE_TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTricklesInIsTheSameAnswer(Way way) throws Exception {
        server.then(Faults.trickle(1, Duration.ZERO, way.answer("Grüße", " 👋")))
                .then(Faults.trickle(7, Duration.ofNanos(1), way.answer("Grüße", " 👋")));
        assertThat(ask(way).text()).isEqualTo("Grüße 👋");
        assertThat(ask(way).text()).isEqualTo("Grüße 👋");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCompressedIsTheSameAnswer(Way way) throws Exception {
        server.then(
                way.streams()
                        ? to -> to.gzip(200, Answers.stream("He", "llo"), "content-type: text/event-stream")
                        : to -> to.gzip(200, Answers.whole("Hello"), JSON));
        assertThat(ask(way).text()).isEqualTo("Hello");
    }

    @Test
    void whatFollowsAnAnswerIsNoAnswerToTheNextCall() throws Exception {
        server.then(Faults.tooLong(200, Answers.whole("mine"), "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", JSON))
                .then(Way.WAITING.answer("also mine"));
        try (OpenAI client = Way.client(server)) {
            assertThat(Way.WAITING.chat(client).text()).isEqualTo("mine");
            assertThat(Way.WAITING.chat(client).text()).isEqualTo("also mine");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedConnections(Way way) throws Exception {
        server.refuse();
        assertThat(ask(way).error().kind()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void aConnectionThatIsResetAtOnce() throws Exception {
        server.thenConnection(Faults.resetOnConnect());
        assertThat(ask(Way.WAITING).error().kind()).isIn(Kind.CONNECT, Kind.CONNECTION_LOST);
    }

    @Test
    void aConnectionThatIsTakenLate() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.thenConnection(connection -> connection.await(gate)).then(Way.ASYNCHRONOUS.answer("late"));
        try (OpenAI client = Way.client(server)) {
            OpenAICall<?> call = client.chat().completions().create(Way.QUESTION, p -> p.formula(r -> {}));
            gate.countDown();
            assertThat(Way.ended(call).success()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestCertificate.class)
    void certificates(TestCertificate certificate) throws Exception {
        useTls(certificate);
        server.otherwise(Way.WAITING.answer("Hello"));
        HttpAgent trusting = HttpAgent.create(a -> a.sslContext(TestCertificate.client()));
        Seen trusted = ask(Way.WAITING, c -> c.httpAgent(trusting));
        if (certificate == TestCertificate.GOOD) assertThat(trusted.text()).isEqualTo("Hello");
        else assertThat(trusted.error().kind()).isEqualTo(Kind.TLS);

        assertThat(ask(Way.WAITING).error().kind()).as("an unknown authority").isEqualTo(Kind.TLS);
    }

    @Test
    void greetingsOfTlsThatAreNone() throws Exception {
        useTls(TestCertificate.GOOD);
        server.thenConnection(Faults.noise());
        assertThat(ask(Way.WAITING).error().kind()).isEqualTo(Kind.TLS);
        server.thenConnection(Faults.silence());
        assertThat(ask(Way.WAITING, c -> c.connectTimeout(Duration.ofMillis(300)))
                        .error()
                        .kind())
                .isEqualTo(Kind.CONNECT_TIMEOUT);
    }

    @Test
    void aSecureConnectionThatIsCutWithoutFarewell() throws Exception {
        useTls(TestCertificate.GOOD);
        server.then(Faults.after(120, Fault.CUT, Way.STREAMING.answer("Hello", " world")));
        HttpAgent trusting = HttpAgent.create(a -> a.sslContext(TestCertificate.client()));
        assertThat(ask(Way.STREAMING, c -> c.httpAgent(trusting)).error().kind())
                .isEqualTo(Kind.TRUNCATED);
    }

    @Test
    void aStreamThatNeverEnds() throws Exception {
        server.then(Faults.endlessStream(Answers.event(Answers.text("again"))));
        CountDownLatch enough = new CountDownLatch(1000);
        try (OpenAI client = Way.client(server)) {
            OpenAICall<?> call = client.chat()
                    .completions()
                    .create(Way.QUESTION, p -> p.stream(true).onData(piece -> enough.countDown()));
            Events.await(enough);
            call.cancel();
            assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
        }
        server.awaitPeerClosed(1);
    }

    private void useTls(TestCertificate certificate) throws IOException {
        server.close();
        server = ScriptedServer.startTls(certificate);
    }
}
