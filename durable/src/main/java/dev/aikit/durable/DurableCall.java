package dev.aikit.durable;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.durable.internal.CallRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A call that a {@link DurableWorker} keeps: what a function returns when its parameters have
 * {@code on(worker.call(key, callback))}. It goes on without this handle, and after the death of this process. Its end, and
 * what waits for it here, is {@link DurableState#DONE} or {@link DurableState#DEAD}, in whichever process.
 *
 * @param <R> the function's result
 */
public final class DurableCall<R extends OpenAIResult> extends OpenAICall<R> {
    /** Below zero: no running call of the client has such a number. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final DurableWorker worker;
    private final Class<R> type;
    private final String key;
    private final String function;
    private final long id = NUMBERS.decrementAndGet();
    private final CompletableFuture<R> ended = new CompletableFuture<>();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final CompletableFuture<Void> kept;

    DurableCall(DurableWorker worker, Class<R> type, String key, String function, CompletableFuture<Void> kept) {
        this.worker = worker;
        this.type = type;
        this.key = key;
        this.function = function;
        this.kept = kept;
    }

    /** Its key, which never changes. */
    public String key() {
        return key;
    }

    /**
     * Completed once the call is kept and survives; at once unless it was submitted with {@link
     * DurableSubmission#unconfirmed}. Completed exceptionally with a {@link DurableStoreException} if it is not kept, or
     * a {@link DurableKeyException} if its key belongs to another call.
     */
    public CompletableFuture<Void> kept() {
        return kept.copy();
    }

    /** Where it is on its way: a look into the store. Empty before it is kept, and after its time there is over. */
    public Optional<StoredCall> stored() {
        return worker.find(key);
    }

    @Override
    public String function() {
        return function;
    }

    @Override
    public long id() {
        return id;
    }

    /**
     * Ends the call as dead and cancelled, unless its callback has begun.
     *
     * @return false if it has ended, or its callback has begun
     */
    @Override
    public boolean cancel() {
        return worker.cancel(key);
    }

    /** Whether it is done or dead: a look into the store. */
    @Override
    public boolean isDone() {
        return ended.isDone() || stored().map(call -> call.state().isEnd()).orElse(false);
    }

    /**
     * Waits until the call is done or dead.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the call goes on
     */
    @Override
    public R await() throws InterruptedException {
        try {
            return watched().get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<R> await(Duration limit) throws InterruptedException {
        try {
            return Optional.of(watched().get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException limitPassed) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The result to come. Cancelling this future cancels nothing. If the worker is closed first, the result says so. */
    @Override
    public CompletableFuture<R> future() {
        return watched().copy();
    }

    private CompletableFuture<R> watched() {
        if (watched.compareAndSet(false, true))
            kept.whenComplete((nothing, failure) -> {
                if (failure == null) lookOrWait();
                else ended.complete(failed("the call is not kept: " + failure.getMessage()));
            });
        return ended;
    }

    /** Completes this if the call has ended; otherwise waits for its end. */
    void lookOrWait() {
        if (ended.isDone()) return;
        try {
            worker.watch(this); // first: an end between the look and this would not be seen
            CallRow row = worker.row(key);
            if (row == null) ended.complete(failed("its result is not kept any more"));
            else if (row.state().isEnd()) ended.complete(worker.result(type, row));
        } catch (DurableStoreException lookedAtAgain) {
            System.getLogger("dev.aikit.durable")
                    .log(System.Logger.Level.WARNING, "the store could not be read", lookedAtAgain);
        } catch (IllegalStateException closed) {
            givenUp();
        }
    }

    void givenUp() {
        ended.complete(failed("the worker was closed; the call goes on when a worker opens its store"));
    }

    private R failed(String why) {
        return worker.failed(type, function, OpenAIError.of(OpenAIError.Kind.CLOSED, why, null, null));
    }

    @Override
    public String toString() {
        return function + " (" + key + ")";
    }
}
