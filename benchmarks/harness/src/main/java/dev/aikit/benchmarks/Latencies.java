package dev.aikit.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One call at a time: how long until its answer, or until the first text of its stream once the server has the request? */
final class Latencies {
    private final Client client;
    private final Scenario scenario;
    private final Question question;
    private final Semaphore done = new Semaphore(0);
    private volatile long nanos;

    Latencies(Client client, Scenario scenario) {
        this.client = client;
        this.scenario = scenario;
        this.question = scenario.asked();
    }

    Map<String, Double> measure(double warmup, double seconds, boolean first) throws InterruptedException {
        take(warmup, first);
        long[] times = take(seconds, first);
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("p50_us", times[times.length / 2] / 1e3);
        results.put("p99_us", times[times.length * 99 / 100] / 1e3);
        results.put("max_us", times[times.length - 1] / 1e3);
        results.put("operations", (double) times.length);
        return results;
    }

    private long[] take(double seconds, boolean first) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long[] times = new long[1 << 20];
        int n = 0;
        while (n < 10 || System.nanoTime() < end && n < times.length) {
            long asked = System.nanoTime();
            if (first) client.stream(question, new First());
            else client.chat(question, new Whole(asked));
            if (!done.tryAcquire(20, TimeUnit.SECONDS)) Trial.fail("no answer within 20 seconds", null);
            times[n++] = nanos;
        }
        long[] taken = Arrays.copyOf(times, n);
        Arrays.sort(taken);
        return taken;
    }

    private final class Whole implements Client.Answer {
        private final long asked;

        Whole(long asked) {
            this.asked = asked;
        }

        @Override
        public void text(String text) {
            arrived(text.length() == scenario.size());
        }

        @Override
        public void unread(int bytes) {
            arrived(bytes > scenario.size());
        }

        private void arrived(boolean right) {
            nanos = System.nanoTime() - asked;
            if (!right) Trial.fail("not the answer that was sent", null);
            done.release();
        }

        @Override
        public void vectors(float[][] vectors) {
            Trial.fail("vectors where a text was asked for", null);
        }

        @Override
        public void failed(Throwable reason) {
            Trial.fail("a call", reason);
        }
    }

    private final class First implements Client.Pieces {
        private boolean arrived;

        @Override
        public void text(String text) {
            if (text.isEmpty() || arrived) return;
            long now = System.nanoTime();
            arrived = true;
            nanos = now - Long.parseLong(text);
        }

        @Override
        public void unread(ByteBuffer bytes) {
            if (arrived) return;
            long now = System.nanoTime();
            long sent = Stamps.next(bytes);
            if (sent == 0) return;
            arrived = true;
            nanos = now - sent;
        }

        @Override
        public void end(Throwable reason) {
            if (reason != null) Trial.fail("a stream", reason);
            if (!arrived) Trial.fail("a stream without a text", null);
            done.release();
        }
    }
}
