package dev.aikit.files;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What {@code files.create} or {@code files.retrieve} came to. */
public final class OpenAIFileResult extends OpenAIResult {
    OpenAIFileResult(Outcome outcome) {
        super(outcome);
    }

    /** The file; an empty one if the call failed. */
    public OpenAIFile file() {
        return new OpenAIFile(json());
    }

    @Override
    public OpenAIFileResult orThrow() {
        super.orThrow();
        return this;
    }
}
