package dev.aikit.durable.batch;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The requests of a batch, one after the other. */
interface Requests extends Closeable {
    /** The next one; null at the end. */
    @Nullable
    BatchRequest next() throws IOException;
}
