package dev.aikit.durable;

import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Store;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store whose transactions fail when told so: before anything is done, or after all of it was. */
class FaultyStore implements Store {
    /** How a transaction ends. */
    enum Fault {
        NONE,
        NOTHING_DONE,
        DONE_AND_NOBODY_KNOWS
    }

    private final Store store;
    private final Supplier<Fault> faults;

    FaultyStore(Store store, Supplier<Fault> faults) {
        this.store = store;
        this.faults = faults;
    }

    @Override
    public void write(Work work) throws Exception {
        Fault fault = faults.get();
        if (fault == Fault.NOTHING_DONE) throw new SQLException("the disk is full, says the test");
        store.write(work);
        if (fault == Fault.DONE_AND_NOBODY_KNOWS) throw new SQLException("the reply to COMMIT is lost, says the test");
    }

    @Override
    public LongSupplier clock() {
        return store.clock();
    }

    @Override
    public String owner() {
        return store.owner();
    }

    @Override
    public List<String> deadOwners() {
        return store.deadOwners();
    }

    @Override
    public void forget(String owner) {
        store.forget(owner);
    }

    @Override
    public long nextDue(List<String> callbacks, boolean delivers, long now) {
        return store.nextDue(callbacks, delivers, now);
    }

    @Override
    public @Nullable CallRow find(String key) {
        return store.find(key);
    }

    @Override
    public List<CallRow> list(DurableState state, long afterId, int limit) {
        return store.list(state, afterId, limit);
    }

    @Override
    public boolean isIdle() {
        return store.isIdle();
    }

    @Override
    public Map<DurableState, Long> counts() {
        return store.counts();
    }

    @Override
    public void close() {
        store.close();
    }
}
