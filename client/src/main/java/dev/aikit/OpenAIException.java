package dev.aikit;

import java.io.Serial;

/**
 * A failed result thrown as an exception, where a call that waits was asked to
 * ({@link OpenAIParameters#throwing(boolean)}), or by {@link OpenAIResult#orThrow()}.
 */
public final class OpenAIException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient OpenAIResult result;

    OpenAIException(OpenAIResult result, OpenAIError error) {
        super(error.toString(), error.cause());
        this.result = result;
    }

    /** The failed result, with all that did arrive. */
    public OpenAIResult result() {
        return result;
    }
}
