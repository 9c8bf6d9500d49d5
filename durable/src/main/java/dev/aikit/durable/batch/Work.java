package dev.aikit.durable.batch;

import java.io.IOException;

/** One process's work on a batch. */
interface Work {
    /** Works until all is done, or somebody pauses or cancels it; returns what was in the way, or "". */
    String go() throws IOException, InterruptedException;

    /** Gives back what is under way. */
    void close() throws InterruptedException;
}
