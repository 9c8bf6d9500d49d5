package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.Tokens;
import dev.aikit.durable.proof.ModelServer.Reply;
import dev.aikit.durable.proof.Windows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What workers with a rate limit send, and when, by a clock that the test moves. */
class RateLimitTest extends BenchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final RateLimit SIXTY = RateLimit.perMinute().requests(60);

    private final AtomicLong ticker = new AtomicLong();
    private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);

    /** When each request came, by the ticker. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    @BeforeEach
    void listen() {
        bench.server.journal(key -> asked.put(key, ticker.get()));
    }

    private DurableWorker open(RateLimit limit, String... callbacks) {
        DurableWorkerBuilder builder = bench.bare();
        for (String name : callbacks) builder.callback(name, OpenAIChatCompletionsResult.class, bench::note);
        return bench.open(builder.rateLimit(limit).ticker(ticker::get).clock(clock::get));
    }

    private void pass(long nanos) {
        ticker.addAndGet(nanos);
        clock.addAndGet(nanos / 1_000_000);
    }

    /** Has a worker look, as it does by itself ten times a second. */
    private static void look(DurableWorker... workers) {
        for (DurableWorker worker : workers) worker.write(connection -> {});
    }

    private void came(CompletableFuture<Void> requests) throws Exception {
        requests.get(Bench.LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void twoWorkersSendNoMoreThanTheOneLimitAllows() throws Exception {
        DurableWorker first = open(SIXTY, "note");
        DurableWorker second = open(SIXTY, "note");
        for (int i = 0; i < 20; i++) bench.submit(i % 2 == 0 ? first : second, "call-" + i);

        came(bench.server.whenRequests(4)); // of the five seconds of the burst, one is for being late
        for (int sent = 5; sent <= 20; sent++) {
            look(first, second, first, second);
            assertThat(bench.server.requests()).isLessThan(sent);
            pass(SECOND);
            came(bench.server.whenRequests(sent));
        }

        Windows windows = new Windows();
        asked.values().forEach(time -> windows.add(time, 1));
        assertThat(windows.excess(5 * SECOND, 1e-9)).isLessThanOrEqualTo(1);
    }

    @Test
    void limitsWithAnotherNameAreOthers() throws Exception {
        DurableWorker first = open(SIXTY.sharedAs("a"), "a");
        DurableWorker second = open(SIXTY.sharedAs("b"), "b");
        for (int i = 0; i < 8; i++)
            bench.submit((i % 2 == 0 ? first : second).call("call-" + i, i % 2 == 0 ? "a" : "b"), "call-" + i);

        came(bench.server.whenRequests(8));
    }

    @Test
    void aWaitThatTheServerAsksOneWorkerForHoldsTheOtherOneToo() throws Exception {
        bench.server.rule((key, time) -> key.equals("too-many") && time == 1
                ? Reply.error(429).with("retry-after", "30")
                : Reply.ok("answer to " + key));
        DurableWorker first = open(SIXTY, "a");
        DurableWorker second = open(SIXTY, "b");
        bench.submit(first.call("too-many", "a"), "too-many");
        while (held() == 0) look(first);

        bench.submit(second.call("other", "b"), "other");
        for (int i = 0; i < 29; i++) {
            pass(SECOND);
            look(second);
        }
        assertThat(bench.server.requests("other")).isZero();
        // More than is left: the first one may have written down its own wait when some of that time was over.
        pass(5 * SECOND);

        assertThat(List.of(bench.next().key(), bench.next().key())).containsExactlyInAnyOrder("other", "too-many");
        assertThat(asked.get("other")).isGreaterThanOrEqualTo(30 * SECOND);
    }

    private long held() throws Exception {
        try (var connection = bench.database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT max(held) FROM aikit_rate")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Test
    void aWaitIsNotForgottenWhenTheStoreCouldNotBeWritten() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        bench.server.rule((key, time) -> {
            full.set(true);
            return Reply.error(429).with("retry-after", "30");
        });
        FaultyStore store = new FaultyStore(
                bench.database.store().open(),
                () -> full.getAndSet(false) ? FaultyStore.Fault.NOTHING_DONE : FaultyStore.Fault.NONE);
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, bench::note);
        try (DurableWorker worker = new DurableWorker(
                store,
                bench.client,
                registrations,
                bench.bare().rateLimit(SIXTY).ticker(ticker::get).clock(clock::get))) {
            bench.submit(worker, "too-many");

            while (held() == 0) Thread.onSpinWait();

            assertThat(worker.find("too-many").orElseThrow().sends()).isEqualTo(1);
        }
    }

    @Test
    void aWaitOutlivesTheProcessThatWasAskedForIt() throws Exception {
        bench.server.rule(
                (key, time) -> time == 1 ? Reply.error(429).with("retry-after", "30") : Reply.ok("answer to " + key));
        DurableWorker first = open(SIXTY, "a");
        bench.submit(first.call("too-many", "a"), "too-many");
        while (held() == 0) look(first);
        first.close(Duration.ZERO);

        clock.addAndGet(29_000);
        DurableWorker second = open(SIXTY, "a", "b");
        look(second, second);
        assertThat(bench.server.requests()).isEqualTo(1);
        pass(SECOND + SECOND / 10);

        assertThat(bench.next().key()).isEqualTo("too-many");
    }

    @Test
    void aClockThatIsMovedChangesNothing() throws Exception {
        DurableWorker worker = open(SIXTY, "note");
        for (int i = 0; i < 8; i++) bench.submit(worker, "call-" + i);
        came(bench.server.whenRequests(4));

        clock.addAndGet(3_600_000);
        look(worker, worker);
        assertThat(bench.server.requests()).isEqualTo(4);
        ticker.addAndGet(2 * SECOND);
        came(bench.server.whenRequests(6));
        clock.addAndGet(-7_200_000);
        look(worker, worker);
        assertThat(bench.server.requests()).isEqualTo(6);
        ticker.addAndGet(2 * SECOND);
        came(bench.server.whenRequests(8));
    }

    @Test
    void aWorkerThatBeginsAfterTheClockWasMovedGetsNothingForIt() throws Exception {
        DurableWorker worker = open(SIXTY, "note");
        for (int i = 0; i < 8; i++) bench.submit(worker, "call-" + i);
        came(bench.server.whenRequests(4));
        worker.close(Duration.ZERO);
        clock.addAndGet(3_600_000);

        DurableWorker next = open(SIXTY, "note");

        look(next, next);
        assertThat(bench.server.requests()).isEqualTo(4);
        pass(SECOND);
        came(bench.server.whenRequests(5));
    }

    @Test
    void whatLeavesTooLateIsGivenBackAndWaitsForAnotherTurn() throws Exception {
        AtomicInteger claims = new AtomicInteger();
        DurableWorker worker =
                bench.open(bench.builder().rateLimit(SIXTY).ticker(ticker::get).probe(point -> {
                    if (point == Probe.Point.CLAIM_AFTER_COMMIT && claims.getAndIncrement() == 0) pass(2 * SECOND);
                }));

        bench.submit(worker, "late");

        assertThat(bench.next().key()).isEqualTo("late");
        assertThat(bench.server.requests()).isEqualTo(1);
        assertThat(worker.find("late").orElseThrow().sends()).isEqualTo(1);
        assertThat(worker.find("late").orElseThrow().unclearSends()).isZero();
        assertThat(claims).hasValue(2);
    }

    @Test
    void aStoreThatIsAlwaysTooSlowHoldsNothingUpForEver() throws Exception {
        DurableWorker worker =
                bench.open(bench.builder().rateLimit(SIXTY).ticker(ticker::get).probe(point -> {
                    if (point == Probe.Point.CLAIM_AFTER_COMMIT) pass(7 * SECOND);
                }));

        bench.submit(worker, "late");

        assertThat(bench.next().key()).isEqualTo("late");
    }

    private static Reply used(String key, int tokens) {
        Reply reply = Reply.ok("answer to " + key);
        return reply.withBody(reply.body().replaceFirst("\\{", "{\"usage\":{\"total_tokens\":" + tokens + "},"));
    }

    private void submit(DurableWorker worker, String key, int maxTokens) {
        bench.client
                .chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user("Hello")),
                        p -> p.user(key).maxCompletionTokens(maxTokens).on(worker.call(key, "note")));
    }

    @Test
    void tokensAreTakenAsEstimatedAndPutRightByWhatTheServerCounted() throws Exception {
        bench.server.rule((key, time) -> used(key, key.equals("modest") ? 100 : 5_000));
        // A thousand a second, four thousand of them at once.
        DurableWorker worker = open(RateLimit.perMinute().tokens(60_000), "note");

        submit(worker, "modest", 3_900);
        assertThat(bench.next().key()).isEqualTo("modest");
        submit(worker, "greedy", 3_500); // there is room for it only as "modest" has used so little
        assertThat(bench.next().key()).isEqualTo("greedy");
        submit(worker, "last", 1_000); // "greedy" has used more than it said: 5,100 in all
        look(worker, worker);
        pass(2 * SECOND);
        look(worker, worker);
        assertThat(bench.server.requests("last")).isZero();
        pass(SECOND);

        assertThat(bench.next().key()).isEqualTo("last");
    }

    @Test
    void aCallWithMoreTokensThanGoAtOnceGoesWhenNothingIsUsed() throws Exception {
        bench.server.rule((key, time) -> used(key, key.equals("huge") ? 50_000 : 1_050));
        DurableWorker worker = open(RateLimit.perMinute().tokens(60_000), "note");
        submit(worker, "small", 1_000);
        assertThat(bench.next().key()).isEqualTo("small");

        submit(worker, "huge", 50_000);
        look(worker, worker);
        assertThat(bench.server.requests("huge")).isZero();
        pass(2 * SECOND);

        assertThat(bench.next().key()).isEqualTo("huge");
    }

    @Test
    void theEstimateIsAQuarterOfTheBytesAndWhatTheAnswerMayHave() {
        assertThat(Tokens.estimate("0123456789abcdef".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(5);
        for (String name : List.of("max_tokens", "max_completion_tokens", "max_output_tokens")) {
            byte[] body = ("{\"" + name + "\":700}").getBytes(StandardCharsets.UTF_8);
            assertThat(Tokens.estimate(body)).isEqualTo(701 + body.length / 4);
        }
    }

    private static Reply saying(String key, int limit, int remaining) {
        return new Reply(
                200,
                Map.of("x-ratelimit-limit-requests", "" + limit, "x-ratelimit-remaining-requests", "" + remaining),
                Reply.ok("answer to " + key).body());
    }

    private List<Long> timesOf(int from, int to) {
        List<Long> times = new ArrayList<>();
        for (int i = from; i < to; i++) times.add(asked.get("call-" + i));
        return times;
    }

    @Test
    void theLimitThatTheHeadersNameIsTakenOver() throws Exception {
        bench.server.rule((key, time) -> saying(key, 600, 500));
        DurableWorker worker = open(RateLimit.fromHeaders(), "note");
        bench.submit(worker, "call-0");
        bench.next();
        while (said() != 600) look(worker);

        for (int i = 1; i <= 30; i++) bench.submit(worker, "call-" + i);
        came(bench.server.whenRequests(31));

        assertThat(timesOf(0, 31)).containsOnly(0L); // with a limit of 60 it were three more
    }

    private long said() throws Exception {
        try (var connection = bench.database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT said_requests FROM aikit_rate")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Test
    void aServerThatNamesNoLimitIsNotLimited() throws Exception {
        DurableWorker worker = open(RateLimit.fromHeaders(), "note");
        bench.submit(worker, "call-0");
        bench.next();

        for (int i = 1; i <= 40; i++) bench.submit(worker, "call-" + i);

        came(bench.server.whenRequests(41));
    }

    @Test
    void whatTheServerHasLeftForUsIsAllThatGoesAtOnce() throws Exception {
        bench.server.rule((key, time) -> saying(key, 60, 2));
        DurableWorker worker = open(SIXTY, "note");
        bench.submit(worker, "call-0");
        bench.next();
        while (known() == 0) look(worker);

        for (int i = 1; i <= 3; i++) bench.submit(worker, "call-" + i);
        came(bench.server.whenRequests(3));
        look(worker, worker);
        assertThat(bench.server.requests()).isEqualTo(3);
        pass(2 * SECOND);
        came(bench.server.whenRequests(4));
    }

    /** Until the store knows of the remainder: two of four are left. */
    private long known() throws Exception {
        try (var connection = bench.database.connect();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT count(*) FROM aikit_rate WHERE requests - time >= 2000000000")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Test
    void aStoreOfTheVersionBeforeIsBroughtUpToDate() throws Exception {
        try (DurableWorker before = bench.builder().submitsOnly().open();
                var connection = bench.database.connect();
                var statement = connection.createStatement()) {
            bench.submit(before, "old");
            statement.execute("DROP TABLE aikit_rate");
            statement.execute("UPDATE aikit_schema SET version = 1");
        }

        open(SIXTY, "note");

        assertThat(bench.next().key()).isEqualTo("old");
    }
}
