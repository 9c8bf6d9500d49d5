package dev.aikit;

import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;

/**
 * What {@link OpenAI#call} came to. Of a stream: a piece, or at the end its last piece.
 *
 * @param <V> what the answer is turned into
 */
public final class OpenAIAnyResult<V> extends OpenAIResult {
    private final Class<V> type;

    OpenAIAnyResult(Outcome outcome, Class<V> type) {
        super(outcome);
        this.type = type;
    }

    /**
     * The answer as the type that was asked for.
     *
     * @throws dev.aikit.json.JsonException if there is none, or if it does not fit; {@link #json()} holds what came
     */
    public V value() {
        Json json = json();
        return json.as(type);
    }
}
