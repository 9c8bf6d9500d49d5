package dev.aikit.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executors that drop tasks are looked after, whatever others do. */
class HandOverTest {
    /** Takes tasks and does nothing with them. */
    private static class Dropping extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {}

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean isShutdown() {
            return true;
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean awaitTermination(long limit, TimeUnit unit) {
            return true;
        }
    }

    /** As the specification of Jakarta's ManagedExecutorService wants it. */
    private static final class Managed extends Dropping {
        @Override
        public boolean isTerminated() {
            throw new IllegalStateException("its server sees to that");
        }
    }

    @Test
    void aPoolThatDoesNotLetItselfBeAskedHidesNoOther() {
        AtomicInteger dropped = new AtomicInteger();
        int pools = 50;
        for (int i = 0; i < pools; i++) {
            HandOver.of(() -> {}, new Managed(), () -> {});
            HandOver.of(() -> {}, new Dropping(), dropped::incrementAndGet);
        }
        HandOver.look();
        assertThat(dropped).hasValue(pools);
    }
}
