package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendsOnlyTest extends BenchTest {
    private DurableWorker sender() {
        return bench.open(bench.bare().sendsOnly());
    }

    @Test
    void whatItSendsIsDeliveredByAWorkerWithTheCallback() throws Exception {
        try (DurableWorker program = bench.builder().submitsOnly().open()) {
            bench.submit(program, "one");
            bench.submit(program, "two");
        }
        DurableWorker sender = sender();
        while (sender.counts().get(DurableState.ANSWERED) < 2) Thread.onSpinWait();
        assertThat(bench.came).isEmpty();

        DurableWorker program = bench.open(bench.builder());

        assertThat(bench.next().result().success()).isTrue();
        assertThat(bench.next().result().success()).isTrue();
        assertThat(program.awaitIdle(Duration.ofSeconds(Bench.LIMIT_SECONDS))).isTrue();
        assertThat(bench.server.requests()).isEqualTo(2);
    }

    @Test
    void whatWasParkedForWantOfACallbackIsSentAllTheSame() throws Exception {
        bench.open(
                bench.bare().callback("other", dev.aikit.chat.OpenAIChatCompletionsResult.class, (call, result) -> {}));
        try (DurableWorker program = bench.builder().submitsOnly().open()) {
            bench.submit(program, "parked");
            while (program.counts().get(DurableState.PARKED) == 0) Thread.onSpinWait();

            DurableWorker sender = sender();

            while (sender.counts().get(DurableState.ANSWERED) == 0) Thread.onSpinWait();
            assertThat(program.find("parked").orElseThrow().sends()).isEqualTo(1);
        }
    }

    @Test
    void itHasNoCallbacksAndTakesNoCalls() {
        assertThatThrownBy(() -> bench.builder().sendsOnly().open()).hasMessageContaining("sendsOnly");
        assertThatThrownBy(() -> bench.bare().sendsOnly().submitsOnly().open()).hasMessageContaining("sendsOnly");
        assertThatThrownBy(() -> sender().call("key", "note")).hasMessageContaining("callback");
    }
}
