package dev.aikit.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The library's own threads, while the machine has no more to give. */
class ElasticPoolTest {
    private static final int USUAL = Runtime.getRuntime().availableProcessors() + 1;

    private final AtomicInteger threadsLeft = new AtomicInteger();
    private final Semaphore refusals = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(USUAL);

    private final ThreadFactory factory = work -> {
        Thread thread = new Thread(work) {
            @Override
            public void start() {
                if (threadsLeft.getAndDecrement() > 0) {
                    super.start();
                } else {
                    refusals.release();
                    throw new OutOfMemoryError("no more threads, as the test has it");
                }
            }
        };
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((its, end) -> ended.countDown());
        return thread;
    };

    @Test
    void aTaskThatComesWhileNoThreadCanBeMadeIsRunOnceOneCan() throws Exception {
        ElasticPool pool = new ElasticPool(factory);
        threadsLeft.set(USUAL + 1); // and the one that watches
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < USUAL; i++)
            pool.execute(() -> {
                throw new IllegalStateException("ends its thread: " + awaited(go));
            });
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        go.countDown();

        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        refusals.drainPermits();
        assertThat(refusals.tryAcquire(60, TimeUnit.SECONDS)).as("tried again").isTrue();
        threadsLeft.set(1000);

        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
