package dev.aikit;

/** What a callback threw, as the handler for uncaught exceptions sees it: the message names the callback and its call. */
public final class CallbackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made by the library. */
    public CallbackException(String callback, OpenAICall<?> call, Throwable thrown) {
        super(callback + " of " + call.function() + " (call " + call.id() + ") threw " + thrown, thrown);
    }
}
