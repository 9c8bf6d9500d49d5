package dev.aikit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes when it is told to. */
class ManualClockTest {
    private final ManualClock clock = new ManualClock();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        thread.shutdownNow();
    }

    private Future<?> after(int seconds, String what) {
        return clock.schedule(thread, () -> done.add(what), Duration.ofSeconds(seconds));
    }

    @Test
    void whatFallsDueIsDoneInOrderBeforeAdvanceReturns() {
        after(3, "third");
        after(1, "first");
        after(2, "second");
        Future<?> cancelled = after(2, "cancelled");
        after(4, "not yet");
        cancelled.cancel(false);

        Instant before = clock.instant();
        clock.advance(Duration.ofSeconds(3));

        assertThat(done).containsExactly("first", "second", "third");
        assertThat(clock.instant()).isEqualTo(before.plusSeconds(3));
        assertThat(clock.hasTaskWithin(Duration.ofSeconds(1))).isTrue();
        assertThat(clock.hasTaskWithin(Duration.ofMillis(999))).isFalse();
    }

    @Test
    void whatIsDueAlreadyIsDoneAtOnce() throws Exception {
        after(0, "now").get();
        after(-5, "late").get();
        assertThat(done).containsExactly("now", "late");
    }

    @Test
    void theEndOfTimeNeverComes() {
        clock.schedule(thread, () -> done.add("never"), Duration.ofNanos(Long.MAX_VALUE));
        clock.advance(Duration.ofDays(36_500));
        assertThat(done).isEmpty();
    }

    @Test
    void aThreadThatHasEndedIsPassedOver() {
        after(1, "lost");
        thread.shutdown();
        clock.advance(Duration.ofSeconds(1));
        assertThat(done).isEmpty();
    }
}
