package dev.aikit.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a thread that works in rounds hands over to the library's own threads. */
class RoundThreadTest {
    private final BlockingQueue<Runnable> round = new LinkedBlockingQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger threads = new AtomicInteger();
    private final ElasticPool pool = new ElasticPool(work -> {
        threads.incrementAndGet();
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final RoundThread thread = new RoundThread(this::work, "rounds", task -> {
        if (ended.get()) throw new RejectedExecutionException("no more rounds");
        round.add(task);
    });

    private void work() {
        try {
            while (true) round.take().run();
        } catch (InterruptedException end) {
            return;
        }
    }

    @AfterEach
    void endRounds() {
        thread.interrupt();
    }

    @Test
    void tasksOfOneRoundWakeTheirThreadWhenItIsOver() throws Exception {
        CountDownLatch ran = new CountDownLatch(100);
        BlockingQueue<Integer> threadsWithinTheRound = new LinkedBlockingQueue<>();
        round.add(() -> {
            for (int i = 0; i < 100; i++) pool.execute(ran::countDown);
            threadsWithinTheRound.add(threads.get());
        });

        thread.start();

        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(threadsWithinTheRound).containsExactly(0);
    }

    @Test
    void tasksAreNotHeldBackByForeignCodeInTheRound() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        BlockingQueue<Boolean> ranMeanwhile = new LinkedBlockingQueue<>();
        SerialQueue<String> inPlace = new SerialQueue<>(
                Runnable::run, pool, item -> ranMeanwhile.add(awaited(ran)), item -> 1, (what, why) -> {});
        round.add(() -> {
            pool.execute(ran::countDown);
            inPlace.add("what a program does on the thread of the network");
        });

        thread.start();

        assertThat(ranMeanwhile.poll(120, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void foreignCodeInTheRoundMayWaitForWhatItHandsOver() throws Exception {
        BlockingQueue<Boolean> ranMeanwhile = new LinkedBlockingQueue<>();
        SerialQueue<String> inPlace = new SerialQueue<>(
                Runnable::run,
                pool,
                item -> {
                    CountDownLatch ran = new CountDownLatch(1);
                    pool.execute(ran::countDown);
                    ranMeanwhile.add(awaited(ran));
                },
                item -> 1,
                (what, why) -> {});
        round.add(() -> inPlace.add("what a program does on the thread of the network"));

        thread.start();

        assertThat(ranMeanwhile.poll(120, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    @Test
    void tasksOfTheLastRoundAreRunAsWell() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        round.add(() -> {
            ended.set(true);
            pool.execute(ran::countDown);
        });

        thread.start();

        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksAreRunWhereTheyAreIfNoThreadCanBeMade() throws Exception {
        ElasticPool withoutThreads = new ElasticPool(work -> new Thread(work) {
            @Override
            public void start() {
                throw new OutOfMemoryError("no more threads, as the test has it");
            }
        });
        CountDownLatch ran = new CountDownLatch(3);
        round.add(() -> {
            for (int i = 0; i < 3; i++) withoutThreads.execute(ran::countDown);
        });

        thread.start();

        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
