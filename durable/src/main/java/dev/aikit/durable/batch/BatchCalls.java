package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.durable.DurableCall;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.internal.Sent;
import dev.aikit.internal.call.Operation;

/** Submits requests of a batch, whatever function they call. */
final class BatchCalls extends OpenAIAPIResource {
    /** The name of the callback. */
    static final String CALLBACK = "aikit-batch";

    BatchCalls(OpenAI client) {
        super(client);
    }

    /** Keeps it under its custom_id. Does not wait for the disk. */
    DurableCall<Sent> submit(DurableWorker worker, BatchRequest request) {
        return (DurableCall<Sent>) make(
                Operation.of(
                        request.function(),
                        "POST",
                        request.path(),
                        request.body().toBytes(),
                        Sent::new),
                OpenAICommonParameters.of(Sent.class)
                        .on(worker.call(request.customId(), CALLBACK).unconfirmed()));
    }
}
