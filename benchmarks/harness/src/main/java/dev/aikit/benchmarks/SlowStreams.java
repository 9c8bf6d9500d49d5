package dev.aikit.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Thousands of streams at once, each with a chunk now and then: all of the process's processor time, from its start. */
final class SlowStreams {
    private final Client client;
    private final Scenario scenario;
    private final CountDownLatch open;
    /** Streams that have not brought a chunk yet. */
    private final AtomicLong silent;

    private final AtomicLong worst = new AtomicLong();
    /** Since all have brought one: the program runs, and the JIT has seen what it does. */
    private final AtomicLong laterWorst = new AtomicLong();

    SlowStreams(Client client, Scenario scenario) {
        this.client = client;
        this.scenario = scenario;
        this.open = new CountDownLatch(scenario.inFlight());
        this.silent = new AtomicLong(scenario.inFlight());
    }

    Map<String, Double> measure() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Usage.Allocations allocations = Usage.Allocations.watched();
        int threadsBefore = threads.getThreadCount();
        long systemBefore = Usage.allThreads();
        threads.resetPeakThreadCount();
        Question question = scenario.asked();
        long begun = System.nanoTime();
        for (int i = 0; i < scenario.inFlight(); i++) {
            client.stream(question, new Slow());
            // Two seconds for all, and what the client itself takes: the worst delay is not to be that of 5,000 handshakes.
            if (i % 25 == 24) Thread.sleep(10);
        }
        long asked = System.nanoTime() - begun;
        long most = systemBefore;
        for (int i = 0; !open.await(100, TimeUnit.MILLISECONDS); i++) {
            most = Math.max(most, Usage.allThreads());
            if (i == 1200) Trial.fail(open.getCount() + " streams still open after two minutes", null);
        }
        Usage.Sample used = Usage.Sample.take(allocations, open::getCount);
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("cpu_s", (used.cpu() - used.jit()) / 1e9);
        results.put("cpu_with_jit_s", used.cpu() / 1e9);
        results.put("asked_s", asked / 1e9);
        results.put("worst_ms", worst.get() / 1e6);
        results.put("later_worst_ms", laterWorst.get() / 1e6);
        results.put("threads", (double) threads.getPeakThreadCount() - threadsBefore);
        results.put("system_threads", (double) most - systemBefore);
        results.put("peak_mb", Usage.peakMemory() / Usage.MEGABYTE);
        results.put("alloc_mb", used.allocated() / Usage.MEGABYTE);
        results.put("operations", (double) scenario.inFlight() * scenario.size());
        return results;
    }

    private final class Slow implements Client.Pieces {
        private int chunks;

        @Override
        public void text(String text) {
            if (!text.isEmpty()) arrived(Long.parseLong(text));
        }

        @Override
        public void unread(ByteBuffer bytes) {
            for (long sent; (sent = Stamps.next(bytes)) != 0; ) arrived(sent);
        }

        private void arrived(long sent) {
            long delay = System.nanoTime() - sent;
            if (delay > worst.get()) worst.accumulateAndGet(delay, Math::max);
            if (delay > laterWorst.get() && silent.get() == 0) laterWorst.accumulateAndGet(delay, Math::max);
            if (chunks++ == 0) silent.decrementAndGet();
        }

        @Override
        public void end(Throwable reason) {
            if (reason != null) Trial.fail("a stream", reason);
            if (chunks != scenario.size()) Trial.fail("chunks lost: " + chunks + " of " + scenario.size(), null);
            open.countDown();
        }
    }
}
