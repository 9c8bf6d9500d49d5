package dev.aikit.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Items are handed over in their order, one at a time, and none is lost. */
class SerialQueueTest {
    private static final int THREADS = 4;
    private static final int EACH = 20_000;

    private static SerialQueue<Integer> queue(Executor target, Consumer<Integer> consumer) {
        return new SerialQueue<>(target, target, consumer, item -> 1, (what, why) -> {});
    }

    @Test
    void whatIsAddedBeforeTheTargetRunsComesInOrder() {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        SerialQueue<Integer> queue = queue(tasks::add, seen::add);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            queue.add(i);
            all.add(i);
        }
        int rounds = 0;
        for (; !tasks.isEmpty(); rounds++) tasks.remove(0).run();
        assertThat(seen).isEqualTo(all);
        assertThat(rounds).as("rounds, between which others have their turn").isGreaterThan(10);
    }

    @Test
    void whatIsAddedWhileAnItemIsHandedOverComesAfterIt() {
        List<Integer> seen = new ArrayList<>();
        List<SerialQueue<Integer>> self = new ArrayList<>();
        SerialQueue<Integer> queue = queue(Runnable::run, item -> {
            if (item < 300) self.get(0).add(item + 1);
            seen.add(item);
        });
        self.add(queue);
        queue.add(1);
        assertThat(seen).hasSize(300).isSorted();
    }

    @Test
    void whileItsOwnThreadWaitsOneTaskIsEnough() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        SerialQueue<Integer> queue = queue(tasks::add, seen::add);
        for (int i = 0; i < 100; i++) {
            int expected = i + 1;
            queue.add(i);
            queue.runUntil(() -> seen.size() == expected, Long.MAX_VALUE);
        }
        assertThat(tasks).hasSize(1);
        tasks.remove(0).run();
        queue.add(100);
        assertThat(tasks).as("once that has run").hasSize(1);
    }

    @Test
    void manyThreadsMayAdd() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        int[] last = new int[THREADS];
        List<String> faults = new ArrayList<>();
        AtomicInteger within = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(THREADS * EACH);
        SerialQueue<Integer> queue = queue(pool, item -> {
            if (within.incrementAndGet() != 1) faults.add("two at a time at " + item);
            int thread = item % THREADS;
            if (item / THREADS != ++last[thread]) faults.add("out of order: " + item);
            within.decrementAndGet();
            all.countDown();
        });
        try {
            addFromThreads(queue);
            assertThat(all.await(60, TimeUnit.SECONDS))
                    .as("all are handed over")
                    .isTrue();
        } finally {
            pool.shutdown();
        }
        assertThat(faults).isEmpty();
    }

    private static void addFromThreads(SerialQueue<Integer> queue) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(new Thread(() -> {
                for (int i = 1; i <= EACH; i++) queue.add(i * THREADS + thread);
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) thread.join();
    }

    @Test
    void aConsumerThatThrowsLosesOneItemAndNoMore() {
        List<Integer> seen = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        SerialQueue<Integer> queue = queue(tasks::add, item -> {
            if (item == 2) throw new IllegalStateException("on purpose");
            seen.add(item);
        });
        for (int i = 1; i <= 4; i++) queue.add(i);
        assertThatThrownBy(() -> tasks.remove(0).run()).hasMessage("on purpose");
        queue.add(5);
        tasks.remove(0).run();
        assertThat(seen).containsExactly(1, 3, 4, 5);
    }
}
