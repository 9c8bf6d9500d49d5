package dev.aikit;

import dev.aikit.internal.call.Outcome;

/** A page of a list, and where the next one begins. */
public abstract class OpenAIListResult extends OpenAIResult {
    /** Made by the library. */
    protected OpenAIListResult(Outcome outcome) {
        super(outcome);
    }

    /** The first id of this page; "" if the server does not say. */
    public String firstId() {
        return json().get("first_id").asText();
    }

    /** The last id of this page, which the next one comes {@code after}; "" if the server does not say. */
    public String lastId() {
        return json().get("last_id").asText();
    }

    /** Whether there are more. */
    public boolean hasMore() {
        return json().get("has_more").asBoolean(false);
    }
}
