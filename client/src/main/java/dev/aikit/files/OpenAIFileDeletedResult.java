package dev.aikit.files;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What {@code files.delete} came to. */
public final class OpenAIFileDeletedResult extends OpenAIResult {
    OpenAIFileDeletedResult(Outcome outcome) {
        super(outcome);
    }

    /** What the server says; of nothing if the call failed. */
    public OpenAIFileDeleted deleted() {
        return new OpenAIFileDeleted(json());
    }

    @Override
    public OpenAIFileDeletedResult orThrow() {
        super.orThrow();
        return this;
    }
}
