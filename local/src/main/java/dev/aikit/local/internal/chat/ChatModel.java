package dev.aikit.local.internal.chat;

import java.util.concurrent.CancellationException;

/** A model that answers a conversation. It is called by the threads of its lane. */
public interface ChatModel extends AutoCloseable {
    /**
     * Looks at a request before it waits for its turn.
     *
     * @throws dev.aikit.local.internal.ApiError if this model cannot do what is asked
     */
    void check(ChatRequest request);

    /**
     * Writes the answer, and returns when it is complete or when {@link Answer#piece} wants no more.
     *
     * @throws CancellationException if the thread was interrupted
     * @throws dev.aikit.local.internal.ApiError if the request cannot be answered
     */
    void answer(ChatRequest request, Answer answer);

    /** Starts loading in the background. */
    void preload();

    /** Frees what the model holds; nothing is running when this is called. */
    @Override
    void close();
}
