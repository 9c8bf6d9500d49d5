package dev.aikit.durable;

import dev.aikit.OpenAICall;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Failure;

/** Hears of what became of calls, when it is on the disk. Must not block. */
interface Ends {
    void done(CallRow call);

    void dead(CallRow call, Failure failure);

    /** Somebody closed the worker's client: nothing more can be sent. */
    void clientClosed();

    OpenAICall<?> handle(CallRow call);

    /** In milliseconds since 1970. */
    long now();
}
