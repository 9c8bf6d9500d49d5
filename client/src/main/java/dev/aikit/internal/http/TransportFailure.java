package dev.aikit.internal.http;

import org.jspecify.annotations.Nullable;

/** Why an exchange could not go on. */
public final class TransportFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure that a caller is told apart. */
    public enum Reason {
        /** No address for the host's name. */
        DNS,
        /** No connection to any of the host's addresses, or none through the proxy. */
        CONNECT,
        /** No connection within the time given. */
        CONNECT_TIMEOUT,
        /** No secure connection: certificate, protocol, host name. */
        TLS,
        /** A connection that had been used before was closed by the server before any of the answer came. */
        STALE,
        /** The connection was lost before the answer's end. */
        LOST,
        /** The answer breaks the rules of HTTP. */
        PROTOCOL,
        /** The answer's head is over the limit. */
        TOO_LARGE,
        /** What was to be sent could not be read. */
        SOURCE,
        /** The transport has been closed. */
        CLOSED
    }

    private final Reason reason;

    /** With a message for the user, which names the host and holds no secret. */
    public TransportFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Which kind of failure. */
    public Reason reason() {
        return reason;
    }
}
