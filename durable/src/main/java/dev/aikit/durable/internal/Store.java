package dev.aikit.durable.internal;

import dev.aikit.durable.DurableState;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A store, opened for one worker. Writing belongs to one thread; reading may be done by any. */
public interface Store extends AutoCloseable {
    /** In place of the names of callbacks: any. None has this name. */
    List<String> ANY = List.of("");

    /** Something that is done within a transaction. */
    @FunctionalInterface
    interface Work {
        /** Does it; may be done again from the start if the transaction fails. */
        void in(StoreTransaction transaction) throws Exception;
    }

    /** Who this worker is, among all that ever open this store. Alive for as long as this store is open, and no longer. */
    String owner();

    /** The time that all who work with this store go by, in milliseconds since 1970. */
    LongSupplier clock();

    /**
     * Does the work in one transaction. When this has returned, the work survives a loss of power.
     *
     * @throws Exception if the work was not done, or if nobody knows; the next transaction finds out
     */
    void write(Work work) throws Exception;

    /** Owners that have registered and are dead by the operating system's word. */
    List<String> deadOwners();

    /** Removes what is left of a dead owner outside of the tables, once its calls have been taken over. */
    void forget(String owner);

    /**
     * The time of the next thing to do for the callbacks: 0 for now, {@link Long#MAX_VALUE} for nothing.
     *
     * @param delivers whether to call them, and not only to send, is something to do
     */
    long nextDue(List<String> callbacks, boolean delivers, long now);

    /** A call by its key, with its answer. */
    @Nullable
    CallRow find(String key);

    /** Calls in a state in the order of submission, without their answers, those after an id. */
    List<CallRow> list(DurableState state, long afterId, int limit);

    /** Whether every call is done, dead or parked. */
    boolean isIdle();

    /** How many calls are in each state. */
    Map<DurableState, Long> counts();

    @Override
    void close();
}
