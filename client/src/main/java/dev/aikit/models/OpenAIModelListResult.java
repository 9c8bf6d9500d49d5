package dev.aikit.models;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;
import java.util.List;

/** What {@code models.list} came to. */
public final class OpenAIModelListResult extends OpenAIResult {
    OpenAIModelListResult(Outcome outcome) {
        super(outcome);
    }

    /** The models; empty if the call failed. */
    public List<OpenAIModel> models() {
        if (!success()) return List.of(); // what came is an error, whatever its form
        Json list = json().isArray() ? json() : json().get("data"); // some servers send the bare list
        return list.map(OpenAIModel::new);
    }

    @Override
    public OpenAIModelListResult orThrow() {
        super.orThrow();
        return this;
    }
}
