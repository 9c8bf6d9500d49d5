package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.StoreTransaction;
import org.jspecify.annotations.Nullable;

/** Something to be written, together with what others want to write at the same time. On the writer's thread. */
abstract class Change {
    private final Probe.@Nullable Point beforeCommit;
    private int failures;

    Change(Probe.@Nullable Point beforeCommit) {
        this.beforeCommit = beforeCommit;
    }

    /** Writes it; done again from the start if the transaction fails. */
    abstract void apply(StoreTransaction transaction, long now) throws Exception;

    /** It is on the disk. */
    void committed() {}

    /** The transaction failed, or nobody knows. True if that is the end of it; false to try again. */
    boolean failed(Throwable why) {
        return false;
    }

    Probe.@Nullable Point beforeCommit() {
        return beforeCommit;
    }

    /** How often its transaction failed while there was nothing else in it. */
    final int failuresAlone() {
        return failures;
    }

    final void failedAlone() {
        failures++;
    }
}
