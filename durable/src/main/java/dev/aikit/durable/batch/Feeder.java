package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.durable.DurableWorker;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Reads requests as there is room, and has them kept; on a thread of its own. */
final class Feeder {
    /** A worker has no more than so many calls on their way to the disk: after so many that are not there, none is. */
    private static final int MOST_ON_THEIR_WAY = 4_096;

    private final BatchInput input;
    private final DurableWorker worker;
    private final BatchCalls calls;
    private final Semaphore room;
    private final long before;
    private final Queue<CompletableFuture<Void>> kept = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "aikit-batch-reader");
    private long submitted;
    private volatile boolean read;
    private volatile @Nullable Throwable failure;

    /**
     * A feeder, not yet begun.
     *
     * @param before how many requests need no looking at: they are in the store
     */
    Feeder(BatchInput input, DurableWorker worker, OpenAI client, Semaphore room, long before) {
        this.input = input;
        this.worker = worker;
        this.calls = new BatchCalls(client);
        this.room = room;
        this.before = before;
        this.submitted = before;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try (Requests requests = input.open()) {
            long number = 0;
            int misses = before == 0 ? 0 : MOST_ON_THEIR_WAY;
            // A store that was begun with has what a process that died had submitted and not noted.
            if (before == 0 && !isNew()) misses = MOST_ON_THEIR_WAY;
            for (BatchRequest next = requests.next(); next != null; next = requests.next()) {
                if (number++ < before) continue;
                if (misses > 0) {
                    if (worker.find(next.customId()).isPresent()) {
                        kept.add(CompletableFuture.completedFuture(null));
                        continue;
                    }
                    misses--;
                }
                room.acquire();
                kept.add(calls.submit(worker, next).kept());
            }
            read = true;
        } catch (InterruptedException stopped) {
            // paused
        } catch (IOException | RuntimeException | Error error) {
            failure = error;
        }
    }

    private boolean isNew() {
        return worker.counts().values().stream().allMatch(number -> number == 0);
    }

    /** How many requests, from the first one on, are in the store by now. */
    long submitted() {
        for (CompletableFuture<Void> next = kept.peek(); next != null && next.isDone(); next = kept.peek()) {
            if (next.isCompletedExceptionally()) {
                failure = next.handle((nothing, thrown) -> thrown).join();
                return submitted;
            }
            kept.remove();
            submitted++;
        }
        return submitted;
    }

    /** Whether all requests are in the store. */
    boolean isDone() {
        return read && kept.isEmpty();
    }

    @Nullable
    Throwable failure() {
        return failure;
    }
}
