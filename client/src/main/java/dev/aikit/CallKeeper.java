package dev.aikit;

import dev.aikit.internal.call.KeptCall;

/**
 * Takes calls in place of the network, to make them later: what {@link OpenAIParameters#on(CallKeeper)} takes. The one
 * there is comes from a durable worker, in dev.aikit:aikit-durable.
 */
public abstract class CallKeeper {
    /** For the classes of this library. */
    protected CallKeeper() {}

    /** Takes a call over; when this returns, the call is kept. */
    protected abstract <R extends OpenAIResult> OpenAICall<R> keep(KeptCall<R> call);
}
