package dev.aikit.internal.http;

/** Connections to servers. Safe for use by several threads; opens nothing before the first exchange. */
public interface Transport extends AutoCloseable {
    /** A loop for one call: all of its exchanges and timers live there. */
    IoLoop nextLoop();

    /** Runs what its loops were already given, then closes every connection and ends its threads. Does not wait. */
    @Override
    void close();
}
