package dev.aikit.batches;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What {@code batches.create}, {@code batches.retrieve} or {@code batches.cancel} came to. */
public final class OpenAIBatchResult extends OpenAIResult {
    OpenAIBatchResult(Outcome outcome) {
        super(outcome);
    }

    /** The batch; an empty one if the call failed. */
    public OpenAIBatch batch() {
        return new OpenAIBatch(json());
    }

    @Override
    public OpenAIBatchResult orThrow() {
        super.orThrow();
        return this;
    }
}
