package dev.aikit.durable;

import dev.aikit.OpenAIResult;

/**
 * What is called with the answer to a call, in whichever process is there by then. May block; runs on a thread of its own.
 * It is called at least once for each call that is answered; more than once if its process dies before its end is kept, or
 * if it throws.
 *
 * @param <R> the function's result
 */
@FunctionalInterface
public interface DurableCallback<R extends OpenAIResult> {
    /**
     * Takes an answer.
     *
     * @param call the key, and the way to write an effect exactly once
     * @param result the answer; always a success: calls that fail for good are {@linkplain DurableState#DEAD dead letters}
     * @throws Exception to be called again later; after the last try the call is dead
     */
    void receive(DurableDelivery call, R result) throws Exception;
}
