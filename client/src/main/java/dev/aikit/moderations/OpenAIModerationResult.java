package dev.aikit.moderations;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What {@code moderations.create} came to. */
public final class OpenAIModerationResult extends OpenAIResult {
    OpenAIModerationResult(Outcome outcome) {
        super(outcome);
    }

    /** The judgement; an empty one if the call failed. */
    public OpenAIModeration moderation() {
        return new OpenAIModeration(json());
    }

    @Override
    public OpenAIModerationResult orThrow() {
        super.orThrow();
        return this;
    }
}
