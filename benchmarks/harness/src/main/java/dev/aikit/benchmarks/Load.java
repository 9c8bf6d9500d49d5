package dev.aikit.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls or streams, always as many in flight: each that ends asks the next from where its end was told. An operation is a
 * call, or a chunk of a stream.
 */
final class Load {
    private final Client client;
    private final Scenario scenario;
    private final int port;
    private final Question question;
    private final List<String> inputs;
    private final int unreadLength;
    private final List<Slot> slots = new ArrayList<>();

    Load(Client client, Scenario scenario, int port) {
        this.client = client;
        this.scenario = scenario;
        this.port = port;
        this.question = scenario.asked();
        this.inputs = scenario.inputs();
        this.unreadLength = scenario.kind() == Scenario.Kind.CALL ? Bodies.completion(scenario.size()).length : 0;
    }

    Map<String, Double> measure(double warmup, double seconds) throws Exception {
        Usage.Allocations allocations = Usage.Allocations.watched();
        for (int i = 0; i < scenario.inFlight(); i++) {
            Slot slot = scenario.kind() == Scenario.Kind.STREAM ? new StreamSlot() : new CallSlot();
            slots.add(slot);
            slot.ask();
        }
        Thread.sleep((long) (warmup * 1000));
        awaitProgress(1);
        long server = Trial.serverCpu(port);
        // Once for nothing: the first time is slow.
        Usage.Sample.take(allocations, this::operations);
        Usage.Sample before = Usage.Sample.take(allocations, this::operations);
        Thread.sleep((long) (seconds * 1000));
        awaitProgress(before.operations() + 1);
        Usage.Sample after = Usage.Sample.take(allocations, this::operations);
        server = Trial.serverCpu(port) - server;
        return results(before, after, server);
    }

    private Map<String, Double> results(Usage.Sample before, Usage.Sample after, double server) {
        double done = after.operations() - before.operations();
        double wall = after.nanoTime() - before.nanoTime();
        double cpu = after.cpu() - before.cpu();
        double jit = after.jit() - before.jit();
        Map<String, Double> results = new LinkedHashMap<>();
        results.put("cpu_us", (cpu - jit) / 1e3 / done);
        results.put("cpu_with_jit_us", cpu / 1e3 / done);
        results.put("gc_us", (after.gc() - before.gc()) / 1e3 / done);
        results.put("alloc_bytes", (after.allocated() - before.allocated()) / done);
        results.put("switches", (after.switches() - before.switches()) / done);
        results.put("per_second", done / (wall / 1e9));
        results.put("operations", done);
        results.put("cores", cpu / wall);
        results.put("server_busy", server / wall);
        results.put("threads", (double) Thread.activeCount());
        results.put("peak_mb", Usage.peakMemory() / Usage.MEGABYTE);
        return results;
    }

    private long operations() {
        long sum = 0;
        for (Slot slot : slots) sum += slot.operations.getOpaque();
        return sum;
    }

    /** Long operations may not fit into the time given; a client that hangs is a failure. */
    private void awaitProgress(long atLeast) throws InterruptedException {
        for (int i = 0; operations() < atLeast; i++) {
            if (i == 2000) Trial.fail("no answer within 20 seconds", null);
            Thread.sleep(10);
        }
    }

    /** One after the other. */
    private abstract static class Slot {
        final AtomicLong operations = new AtomicLong();

        abstract void ask();

        /** Only one thread counts at a time, so that no atomic addition is needed. */
        final void count(long more) {
            operations.setOpaque(operations.getPlain() + more);
        }
    }

    private final class CallSlot extends Slot implements Client.Answer {
        @Override
        void ask() {
            if (scenario.kind() == Scenario.Kind.CALL) client.chat(question, this);
            else client.embed(inputs, this);
        }

        @Override
        public void text(String text) {
            next(text.length() == scenario.size());
        }

        @Override
        public void vectors(float[][] vectors) {
            boolean right = vectors.length == Bodies.INPUTS;
            for (int i = 0; right && i < vectors.length; i++)
                right = vectors[i].length == Bodies.DIMENSIONS && vectors[i][0] == i;
            next(right);
        }

        @Override
        public void unread(int bytes) {
            next(unreadLength == 0 ? bytes > 2_000_000 : bytes == unreadLength);
        }

        private void next(boolean right) {
            if (!right) Trial.fail("not the answer that was sent", null);
            count(1);
            ask();
        }

        @Override
        public void failed(Throwable reason) {
            Trial.fail("a call", reason);
        }
    }

    private final class StreamSlot extends Slot implements Client.Pieces {
        private int chunks;
        private int lines;

        @Override
        void ask() {
            chunks = 0;
            lines = 0;
            client.stream(question, this);
        }

        @Override
        public void text(String text) {
            if (text.isEmpty()) return;
            if (text.length() != Bodies.PIECE.length()) Trial.fail("not the text of one chunk: " + text, null);
            chunks++;
            count(1);
        }

        /** An event is two lines; two events carry no text. */
        @Override
        public void unread(ByteBuffer bytes) {
            int n = 0;
            for (int i = bytes.position(), end = bytes.limit(); i < end; i++) if (bytes.get(i) == '\n') n++;
            lines += n;
            int events = Math.min(lines / 2, scenario.size());
            count(events - chunks);
            chunks = events;
        }

        @Override
        public void end(Throwable reason) {
            if (reason != null) Trial.fail("a stream", reason);
            if (chunks != scenario.size()) Trial.fail("chunks lost: " + chunks + " of " + scenario.size(), null);
            ask();
        }
    }
}
