package dev.aikit.internal.http;

import java.nio.ByteBuffer;

/**
 * Hears of one exchange, on its loop: {@code connected}, {@code head}, any number of {@code body}, and then one of
 * {@code end} and {@code failed}; {@code failed} may come at any time and is the last.
 */
public interface ExchangeListener {
    /** A connection is there and the request is being sent. */
    void connected();

    /**
     * Of a body that is read while it is sent: the network has taken so many bytes of it.
     *
     * @param total of all there are; -1 if that is not known
     * @param waiting whether more of it waits for the server to take it
     */
    default void sent(long bytes, long total, boolean waiting) {}

    /** The network has taken the last byte of such a body. */
    default void sentAll() {}

    /** The final head of the answer has come (1xx heads are not reported). */
    void head(HttpHead head);

    /** Some bytes of the body; the buffer is valid during this call only. */
    void body(ByteBuffer bytes);

    /** The answer has ended as its head said it would, or, where the head said nothing, by the closing of the connection. */
    void end();

    /** The exchange cannot go on; no part of the cause's message holds a header's value. */
    void failed(TransportFailure failure);
}
