package dev.aikit;

import dev.aikit.internal.call.Outcome;

/**
 * What {@link OpenAI#call} came to. Of a stream: a piece, or at the end its last piece.
 *
 * @param <V> what the answer is turned into
 */
public final class OpenAIAnyResult<V> extends OpenAIResult {
    private final Class<V> type;
    private final String event;

    OpenAIAnyResult(Outcome outcome, Class<V> type, String event) {
        super(outcome);
        this.type = type;
        this.event = event;
    }

    /** The name of the event that this piece of a stream came in, or the last piece; "" if it had none. */
    public String event() {
        return event;
    }

    /**
     * The answer as the type that was asked for.
     *
     * @throws OpenAIException if the call failed
     * @throws dev.aikit.json.JsonException if the answer does not fit; {@link #json()} holds what came
     */
    public V value() {
        return orThrow().json().as(type);
    }

    @Override
    public OpenAIAnyResult<V> orThrow() {
        super.orThrow();
        return this;
    }
}
