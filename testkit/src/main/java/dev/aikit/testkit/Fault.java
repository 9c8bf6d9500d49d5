package dev.aikit.testkit;

/** How a connection fails in the middle of an answer; see {@link Faults#after}. */
public enum Fault {
    /** It is reset. */
    RESET,
    /** It ends in the ordinary way; with TLS, with its farewell. */
    CLOSE,
    /** It ends without the farewell of TLS; without TLS the same as {@link #CLOSE}. */
    CUT,
    /** The server's side ends; the server goes on reading. */
    HALF_CLOSE,
    /** Nothing more comes, until the client closes. */
    STALL,
    /** Bytes follow that make no sense, and the end. */
    GARBAGE
}
