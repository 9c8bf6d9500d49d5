package dev.aikit.internal.netty;

/** What carries one exchange: a whole HTTP/1.1 connection, or one stream of an HTTP/2 connection. */
interface Carrier {
    /** Whether bytes are taken from the socket (from the stream's window). */
    void reading(boolean wanted);

    /** Closes the connection, or resets the stream, at once. */
    void abort();

    /** The exchange wants no more of the answer: passes over its rest if that is short and comes soon, else aborts. */
    void drain();
}
