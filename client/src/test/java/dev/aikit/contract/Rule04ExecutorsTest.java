package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 4, the executor's part: callbacks come even if the executor that was named for them refuses, or drops them. */
class Rule04ExecutorsTest extends ServerTest {
    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi", "there"));
    }

    private void callbacksComeElsewhere(Way way, Executor executor) {
        Observed observed = Observed.start(way, client, p -> p.on(executor)).endedOnce();

        assertThat(observed.result().success()).isTrue();
        assertThat(observed.threads()).isNotEmpty().allSatisfy(OnThreads::areTheLibrarys);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void whenItRefuses(Way way) {
        callbacksComeElsewhere(way, task -> {
            throw new RejectedExecutionException("full");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void whenItBreaks(Way way) {
        callbacksComeElsewhere(way, task -> {
            throw new LinkageError("broken");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void whenItWasShutDown(Way way) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();

        callbacksComeElsewhere(way, executor);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void whenItDropsThemWithoutAWord(Way way) {
        Executor discarding = task -> {};
        Observed observed = Observed.start(way, client, p -> p.on(discarding));

        Events.untilCollected(observed::isOver, "the callbacks of a discarding executor"); // noticed when it is garbage

        assertThat(observed.endedOnce().threads()).allSatisfy(OnThreads::areTheLibrarys);
    }

    @Test
    void whenItIsFullAndDiscards() {
        CountDownLatch gate = new CountDownLatch(1);
        ThreadPoolExecutor full = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.DiscardPolicy());
        full.execute(() -> Events.await(gate));
        full.execute(() -> {});
        try {
            Observed observed = Observed.start(Way.ASYNCHRONOUS, client, p -> p.on(full));
            Events.untilCollected(observed::isOver, "the callbacks of a full executor");
            observed.endedOnce();
        } finally {
            gate.countDown();
            full.shutdown();
        }
    }

    @Test
    void whenItIsShutDownAtOnceAndHandsItsTasksToSomebodyWhoKeepsThem() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch handedOver = new CountDownLatch(1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            public void execute(Runnable task) {
                super.execute(task);
                if (getTaskCount() > 1) handedOver.countDown();
            }
        };
        pool.execute(() -> Events.await(gate));
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client, p -> p.on(pool));
        Events.await(handedOver);

        List<Runnable> kept = pool.shutdownNow();
        gate.countDown();

        assertThat(observed.endedOnce().threads()).allSatisfy(OnThreads::areTheLibrarys);
        assertThat(kept).isNotEmpty();
    }

    @Test
    void whenItIsShutDownMidStreamWithTasksInItsQueue() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> {
            ChatScripts.beginStream(to)
                    .chunk(ChatScripts.piece("a"))
                    .await(gate)
                    .chunk(ChatScripts.piece("b"));
            ChatScripts.endStream(to);
        });
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Observed observed = Observed.start(Way.STREAMING, client, p -> p.on(executor));
        Events.until(() -> observed.callbacks().size() == 1, "the first piece");
        executor.shutdown();
        gate.countDown();

        assertThat(observed.endedOnce().result().choice().text()).isEqualTo("ab");
    }

    @Test
    void oneThatRefusesNowAndThenKeepsTheOrder() {
        String[] texts = new String[500];
        for (int i = 0; i < texts.length; i++) texts[i] = i + " ";
        server.otherwise(ChatScripts.chat(texts));
        ExecutorService executor = Executors.newFixedThreadPool(2);
        java.util.concurrent.atomic.AtomicInteger count = new java.util.concurrent.atomic.AtomicInteger();
        Executor moody = task -> {
            if (count.getAndIncrement() % 3 == 0) throw new RejectedExecutionException("not now");
            executor.execute(task);
        };
        try {
            Observed observed =
                    Observed.start(Way.STREAMING, client, p -> p.on(moody)).endedOnce();

            assertThat(observed.texts().subList(0, texts.length)).containsExactly(texts);
        } finally {
            executor.shutdown();
        }
    }

    /** As a pool does that takes no more than it has room for, and lets who gives wait for it. */
    private static final class Blocking extends ThreadPoolExecutor {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        Blocking() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void execute(Runnable task) {
            asked.countDown();
            Events.await(gate);
            super.execute(task);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatBlocksWhoGivesItATaskHoldsUpNoOtherCall(Way way) {
        Blocking blocking = new Blocking();
        try {
            Observed held = Observed.start(Way.STREAMING, client, p -> p.on(blocking));
            Events.await(blocking.asked);

            assertThat(Observed.start(way, client).endedOnce().result().choice().text())
                    .isEqualTo("Hithere");
            assertThat(held.isOver()).isFalse();
            blocking.gate.countDown();
            assertThat(held.endedOnce().texts()).startsWith("Hi", "there");
        } finally {
            blocking.gate.countDown();
            blocking.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void oneThatEndsWhileItBlocksWhoGivesLosesNoCallback(Way way) {
        Blocking full = new Blocking();
        try {
            Observed call = Observed.start(way, client, p -> p.on(full));
            Events.await(full.asked);
            full.shutdownNow();
            assertThat(call.endedOnce().result().success()).isTrue();
        } finally {
            full.gate.countDown();
        }
    }
}
