package dev.aikit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A call that is under way: what a function returns when its parameters carry a callback. All of it may be used from any
 * thread at any time.
 *
 * @param <R> the result that waiting would have returned
 */
public abstract class OpenAICall<R extends OpenAIResult> extends OpenAIAnswer {
    /** Made by the library. */
    protected OpenAICall() {}

    /** The function's name in the kit, such as "chat.completions.create". */
    public abstract String function();

    /** A number that no other call of this JVM has. */
    public abstract long id();

    /**
     * Ends the call as cancelled: its connection is closed now and its callbacks come, with a result whose error is
     * {@link OpenAIError.Kind#CANCELLED} and that holds what had arrived. No {@code onData} begins after this has returned,
     * except for one already running. Does not wait.
     *
     * @return false if the call had ended before
     */
    public abstract boolean cancel();

    /** Whether the result is there and every callback has returned. */
    public abstract boolean isDone();

    /**
     * Waits until the call has ended and every callback has returned. On the very thread where the callbacks belong (the
     * call's worker, its form) they run within this wait; inside of one of the call's last callbacks it returns at once.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the call goes on
     * @throws IllegalStateException in an {@code onData} or a tool of this very call, which waits for it; on an input/output
     *     thread (a callback that an executor ran in place), where waiting would stop the network
     */
    public abstract R await() throws InterruptedException;

    /**
     * The same as {@link #await()} with a limit; empty if it passed. The call goes on.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the call goes on
     */
    public abstract Optional<R> await(Duration limit) throws InterruptedException;

    /**
     * The result to come, completed after the last callback on the thread that ran it; a failed call completes it with its
     * failed result, never exceptionally. Cancelling this future cancels the call, and the
     * result that says so completes it; cancelling a stage made from it does nothing to the call, and neither does a time
     * limit set on it.
     */
    public abstract CompletableFuture<R> future();
}
