package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.internal.call.Clock;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Events;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A call that waits for its next attempt has no exchange that would fail with its loop: it must end all the same. */
class Rule08LostLoopTest {
    /** A loop that answers everything with 503, never lets a timer fire, and can end at any moment. */
    private static final class Loop implements IoLoop, Transport {
        private final CompletableFuture<Void> waits = new CompletableFuture<>();
        private final CompletableFuture<Void> closing = new CompletableFuture<>();
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile Thread slow;
        private volatile boolean ended;

        @Override
        public IoLoop nextLoop() {
            return this;
        }

        @Override
        public void close() {
            ended = true;
        }

        @Override
        public boolean isCurrentThread() {
            return false;
        }

        /** The slow one is held up between the two steps of closing. */
        @Override
        public void execute(Runnable task) {
            if (Thread.currentThread() == slow) {
                closing.complete(null);
                Events.await(gate);
            }
            if (ended) throw new RejectedExecutionException("ended");
            task.run();
        }

        @Override
        public Timer schedule(Runnable task, long delayNanos) {
            if (delayNanos < Duration.ofSeconds(2).toNanos()) waits.complete(null); // the wait for the next attempt
            return () -> {};
        }

        @Override
        public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
            listener.connected();
            listener.head(new HttpHead(503, "Busy", Map.of()));
            listener.end();
            return new Exchange() {
                @Override
                public void reading(boolean wanted) {}

                @Override
                public void cancel() {}

                @Override
                public void release() {}
            };
        }
    }

    @Test
    void itIsEndedBeforeItsLoopWhoeverIsFirstOfThoseWhoClose() {
        Loop loop = new Loop();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        OpenAI client = Clients.with(
                OpenAIConfiguration.defaults().baseURL("http://loop.test/v1"), Clock.SYSTEM, loop, threads);
        try {
            OpenAICall<OpenAIModelListResult> waiting = client.models().list(p -> p.async());
            Events.await(loop.waits);
            Thread closer = new Thread(client::close, "slow-closer");
            loop.slow = closer;
            closer.start();
            Events.await(loop.closing);

            // This one finds the client closed, and closes what it may have opened.
            OpenAICall<OpenAIModelListResult> late = client.models().list(p -> p.async());
            loop.gate.countDown();

            assertThat(Events.await(late.future()).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
            assertThat(Events.await(waiting.future()).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        } finally {
            threads.shutdown();
        }
    }
}
