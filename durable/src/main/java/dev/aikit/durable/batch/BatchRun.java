package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIResponse;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.StoredCall;
import dev.aikit.durable.internal.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One process's work on a batch: a worker that sends, a thread that reads the input, and the caller's, which writes. */
final class BatchRun implements Work {
    /** Calls in the store that have not ended: enough that the worker never waits for the reader. */
    private static final int LEAST_WINDOW = 512;

    private static final int WINDOW_PER_SEND = 8;

    private static final long STEP_MILLIS = 100;
    private static final long STANDSTILL_NANOS = 2_000_000_000L;

    /** As good as for ever: a call that is known is not sent again. */
    private static final Duration KEPT = Duration.ofDays(36_500);

    private final BatchBuilder settings;
    private final CompletableFuture<Void> pause;
    private final int window;
    private final Semaphore room;
    private final AtomicLong failed;
    private final DurableWorker worker;
    private final Feeder feeder;
    private final Exporter exporter;
    private final Rate rate = new Rate();
    private volatile @Nullable StoredCall refused;
    private String trouble = "";
    private long lastEnded = -1;
    private long lastMoved = System.nanoTime();

    BatchRun(
            BatchBuilder settings,
            BatchInput input,
            DurableStore store,
            OpenAI client,
            ResultFile out,
            BatchRow row,
            Map<DurableState, Long> counts,
            CompletableFuture<Void> pause) {
        this.settings = settings;
        this.pause = pause;
        this.failed = new AtomicLong(counts.getOrDefault(DurableState.DEAD, 0L));
        long stored = counts.values().stream().mapToLong(Long::longValue).sum();
        this.window = Math.max(LEAST_WINDOW, WINDOW_PER_SEND * settings.maxInFlight);
        this.room = new Semaphore((int) (window - (stored - row.done() - failed.get())));
        DurableWorkerBuilder builder = DurableWorker.builder();
        if (settings.rateLimit != null) builder.rateLimit(settings.rateLimit);
        this.worker = builder.store(store)
                .client(client)
                .maxInFlight(settings.maxInFlight)
                .maxSends(settings.maxSends)
                .backOff(settings.firstWait, settings.longestWait)
                .keepResults(KEPT)
                .callback(BatchCalls.CALLBACK, Sent.class, (call, result) -> {
                    String key = call.key();
                    call.write(connection -> BatchTables.ended(connection, key));
                })
                .onDead(this::dead)
                .open();
        this.feeder = new Feeder(input, worker, client, room, row.submitted());
        this.exporter = new Exporter(worker, out, row);
    }

    private void dead(StoredCall call) {
        failed.incrementAndGet();
        room.release();
        OpenAIResponse answer = call.response();
        if (answer != null && answer.status() == 401) refused = call;
    }

    @Override
    public String go() throws IOException, InterruptedException {
        feeder.start();
        boolean idle = false;
        while (true) {
            exporter.submitted(feeder.submitted());
            int written = exporter.next();
            room.release(written);
            tell();
            fail(feeder.failure());
            StoredCall sample = refused;
            if (sample != null) return sample.reason();
            if (exporter.row().state() == BatchState.CANCELLED || pause.isDone()) return "";
            if (idle && written == 0) return "";
            idle = written == 0 && feeder.isDone() && worker.awaitIdle(Duration.ofMillis(1));
            if (written == 0 && room.availablePermits() <= 0 && worker.awaitIdle(Duration.ofMillis(1)))
                room.release(window); // somebody else has ended what it was taken for, such as aikit worker cancel
            if (!idle && !exporter.hasMore()) step();
        }
    }

    private void step() throws InterruptedException {
        try {
            pause.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException usual) {
            // on with it
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void fail(@Nullable Throwable thrown) throws IOException {
        if (thrown instanceof IOException error) throw error;
        if (thrown instanceof RuntimeException error) throw error;
        if (thrown instanceof Error error) throw error;
        if (thrown != null) throw new IllegalStateException(thrown);
    }

    private void tell() {
        long now = System.nanoTime();
        long ended = exporter.row().done() + failed.get();
        if (ended != lastEnded) {
            trouble = "";
            lastMoved = now;
        } else if (now - lastMoved > STANDSTILL_NANOS) {
            lastMoved = now;
            List<StoredCall> waiting = worker.list(DurableState.READY, 1);
            trouble = waiting.isEmpty() ? "" : waiting.get(0).reason();
        }
        lastEnded = ended;
        settings.onProgress.accept(new BatchStatus(exporter.row(), failed.get(), rate.perSecond(now, ended), trouble));
    }

    @Override
    public void close() throws InterruptedException {
        feeder.stop();
        worker.close(settings.patience);
    }
}
