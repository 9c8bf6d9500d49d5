package dev.aikit.durable;

import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.StoreTransaction;
import org.jspecify.annotations.Nullable;

/** Something to be written, together with what others want to write at the same time. On the writer's thread. */
abstract class Change {
    /** After all keys that are likely. */
    private static final String LAST = "\uffff";

    /** After those that come last. */
    static final String AFTER_ALL = LAST + LAST;

    private final Probe.@Nullable Point beforeCommit;
    private int failures;

    Change(Probe.@Nullable Point beforeCommit) {
        this.beforeCommit = beforeCommit;
    }

    /** Writes it; done again from the start if the transaction fails. */
    abstract void apply(StoreTransaction transaction, long now) throws Exception;

    /**
     * Its place among the others of its group. Keys come in their order: two processes that keep the same ones would wait
     * for each other, each for what the other has just written.
     */
    String order() {
        return LAST;
    }

    /** It is on the disk. */
    void committed() {}

    /** Whether somebody waits for it, who is to be told at once if it cannot be written now. */
    boolean isAwaited() {
        return false;
    }

    /** Its transaction failed, with nothing else in it, or nobody knows. Returns true for the end of it; else it is tried again. */
    boolean failed(Throwable why) {
        failures++;
        return false;
    }

    Probe.@Nullable Point beforeCommit() {
        return beforeCommit;
    }

    /** How often its transaction failed while there was nothing else in it. */
    final int failuresAlone() {
        return failures;
    }
}
