package dev.aikit.internal.http;

/** One request and its answer under way. All of this is called on the exchange's loop. */
public interface Exchange {
    /** Whether the body of the answer is read; to be called again when it should. A paused exchange stops at the socket. */
    void reading(boolean wanted);

    /**
     * Stops at once: the server sees the connection (or the HTTP/2 stream) closed, and the listener hears nothing more. Does
     * nothing to an exchange that has ended.
     */
    void cancel();

    /**
     * The caller has seen all it wants of the answer: the listener hears nothing more, and the connection is kept for
     * other calls if the rest of the body is short and comes soon, or else closed.
     */
    void release();
}
