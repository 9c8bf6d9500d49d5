package dev.aikit.models;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;

/** What {@code models.retrieve} came to. */
public final class OpenAIModelResult extends OpenAIResult {
    OpenAIModelResult(Outcome outcome) {
        super(outcome);
    }

    /** The model; of a call that failed, one whose id is "". */
    public OpenAIModel model() {
        return new OpenAIModel(success() ? json() : Json.missing());
    }

    @Override
    public OpenAIModelResult orThrow() {
        super.orThrow();
        return this;
    }
}
