package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResponse;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.proof.Windows;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shared limit with nothing around it but the store: processes that look, fail, end and begin by chance. */
class SharedPermitsTest extends BenchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int PER_MINUTE = 1_200;
    private static final long SECONDS = 30;
    private static final int CALLS = 800;

    /** One that shares the limit. */
    private final class Process implements AutoCloseable {
        private final Store store = bench.database.store().open();
        private final SharedPermits permits = new SharedPermits("shared", limit, ticker::get);
        private List<Sendable> claimed = List.of();

        Process() throws Exception {
            store.write(transaction -> {
                transaction.register(List.of("note"));
                permits.open(transaction, clock.get());
            });
        }

        /** Claims what is permitted, in a transaction that may fail; the number. */
        int claim(int room, boolean fails) throws Exception {
            try {
                store.write(transaction -> {
                    claimed = permits.claim(transaction, clock.get(), List.of("note"), room);
                    if (fails) throw new IllegalStateException("says the test");
                });
            } catch (IllegalStateException said) {
                permits.failed();
                return 0;
            }
            permits.committed();
            return claimed.size();
        }

        /** The server refuses what was claimed last: nobody is to ask it for so many seconds. */
        void isRefused(int retryAfter) {
            Map<String, List<String>> headers = Map.of("retry-after", List.of("" + retryAfter));
            OpenAIResponse refused = new OpenAIResponse(new HttpHead(429, "", headers), new byte[0]);
            OpenAIRequest request = new OpenAIRequest("test", "POST", URI.create("http://test.invalid"), Set.of(), 0);
            OpenAIError error = OpenAIError.of(OpenAIError.Kind.HTTP, "too many", refused, null);
            Outcome outcome = new Outcome(request, refused, Json.missing(), List.of(error), List.of(), true);
            permits.heard(claimed.get(0), new Sent(outcome), clock.get());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    private final AtomicLong ticker = new AtomicLong(-17 * SECOND);
    private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
    private RateLimit limit = RateLimit.perMinute().requests(PER_MINUTE).burst(java.time.Duration.ofSeconds(2));

    private void pass(long nanos) {
        ticker.addAndGet(nanos);
        clock.addAndGet(nanos / 1_000_000);
    }

    private void submit(int calls) throws Exception {
        try (DurableWorker submitter = bench.builder().submitsOnly().open()) {
            for (int i = 0; i < calls; i++)
                bench.submit(submitter.call("call-" + i, "note").unconfirmed(), "call-" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noWindowHasMoreThanTheLimitAndTheBurstWhateverHappens(long seed) throws Exception {
        submit(CALLS);
        Random random = new Random(seed);
        Windows windows = new Windows();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) processes.add(new Process());
        long begun = ticker.get();
        while (ticker.get() - begun < SECONDS * SECOND) {
            pass((long) (random.nextDouble() * (random.nextInt(100) == 0 ? 3 * SECOND : SECOND / 6)));
            if (random.nextInt(40) == 0) clock.addAndGet(random.nextBoolean() ? HOUR_MILLIS : -HOUR_MILLIS);
            int which = random.nextInt(processes.size());
            if (random.nextInt(60) == 0) {
                processes.get(which).close(); // what it has claimed is used, and not given back here
                processes.set(which, new Process());
            }
            long claimed = ticker.get();
            int sends = processes.get(which).claim(1 + random.nextInt(64), random.nextInt(10) == 0);
            // Each leaves a little later, but no later than it may.
            for (int i = 0; i < sends; i++) windows.add(claimed + (long) (random.nextDouble() * SECOND), 1);
        }
        for (Process process : processes) process.close();

        assertThat(windows.excess(2 * SECOND, PER_MINUTE / 60e9)).isLessThanOrEqualTo(1);
        // Those that begin take what was before for used: a part of what passes is lost here, with one in a second.
        assertThat(windows.total()).isGreaterThan(PER_MINUTE * SECONDS / 60 * 8 / 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60, 100_000})
    void whatWasNotUsedForLongGoesAtOnceUpToTheBurstOrOneAtLeast(int perMinute) throws Exception {
        limit = RateLimit.perMinute().requests(perMinute).burst(java.time.Duration.ofSeconds(6));
        submit(50);
        try (Process first = new Process();
                Process second = new Process()) {
            pass(600 * SECOND);
            int expected = Math.min(40, Math.max(1, perMinute * 5 / 60)); // a second of the burst is for being late

            assertThat(first.claim(40, false)).isEqualTo(expected);
            if (expected < 40) assertThat(second.claim(40, false)).isZero();
            pass(60 * SECOND / perMinute + SECOND / 10);
            if (expected < 40) assertThat(second.claim(40, false)).isPositive();
        }
    }

    @Test
    void whatAServerSaidIsNotForgottenWhenTheTransactionThatTellsItFails() throws Exception {
        submit(50);
        try (Process first = new Process();
                Process second = new Process()) {
            pass(60 * SECOND);
            assertThat(first.claim(1, false)).isEqualTo(1);
            first.isRefused(30);
            first.claim(1, true);

            pass(SECOND);
            assertThat(first.claim(1, false)).isZero();
            assertThat(second.claim(1, false)).isZero();
            pass(30 * SECOND);
            assertThat(second.claim(1, false)).isEqualTo(1);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> RateLimit.perMinute().requests(0)).hasMessageContaining("requests");
        assertThatThrownBy(() -> RateLimit.perMinute().tokens(-1)).hasMessageContaining("tokens");
        assertThatThrownBy(() -> RateLimit.fromHeaders().burst(java.time.Duration.ofMillis(999)))
                .hasMessageContaining("1 to 60 seconds");
        assertThatThrownBy(() -> RateLimit.fromHeaders().sharedAs(" ")).hasMessageContaining("sharedAs");
        assertThatThrownBy(() -> DurableWorker.builder().rateLimit(RateLimit.perMinute()))
                .hasMessageContaining("requests or tokens a minute");
    }
}
