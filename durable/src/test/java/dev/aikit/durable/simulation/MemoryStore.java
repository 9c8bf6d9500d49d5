package dev.aikit.durable.simulation;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.simulation.MemoryTables.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A fake of a store, opened for one process. Owners are as in PostgreSQL: who is cut off from the store loses the lock on
 * its number, and takes another one if others have taken over meanwhile.
 */
public final class MemoryStore implements Store {
    /** What outlives processes. */
    public static final class Disk {
        private MemoryTables tables = new MemoryTables();
        private final Map<String, Host> owners = new TreeMap<>();

        private boolean isHeld(String owner) {
            Host host = owners.get(owner);
            return host != null && host.isAlive() && !host.isCutOff();
        }

        public List<String> effects() {
            return tables.effects;
        }

        /** What anybody may see of a call. */
        public CallRow find(String key) {
            Row row = tables.find(key);
            return row == null ? null : row.read(true);
        }

        public boolean isIdle() {
            return tables.rows.values().stream()
                    .noneMatch(row ->
                            row.owner != null || row.state == DurableState.READY || row.state == DurableState.ANSWERED);
        }
    }

    /** How a transaction ends. */
    public enum Fault {
        NONE,
        NOTHING_DONE,
        DONE_AND_NOBODY_KNOWS
    }

    /** A process, as its store sees it. */
    public interface Host {
        boolean isAlive();

        boolean isCutOff();

        /** What becomes of the next transaction, when all but its commit is done. The process may die of it. */
        Fault fault();

        /** It is committed. */
        void committed();
    }

    private final Disk disk;
    private final Host host;
    private final LongSupplier clock;
    private String owner;
    private List<String> callbacks = List.of();

    public MemoryStore(Disk disk, Host host, LongSupplier clock) {
        this.disk = disk;
        this.host = host;
        this.clock = clock;
        this.owner = sit();
    }

    private String sit() {
        String number = "owner-" + (100 + disk.owners.size());
        disk.owners.put(number, host);
        return number;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public LongSupplier clock() {
        return clock;
    }

    @Override
    public void write(Work work) throws Exception {
        if (host.isCutOff()) throw new SQLException("cut off from the store, says the simulation");
        if (disk.tables.ended.contains(owner)) {
            owner = sit();
            List<String> again = callbacks;
            commit(transaction -> transaction.register(again));
        }
        commit(transaction -> work.in(transaction));
    }

    private void commit(Work work) throws Exception {
        MemoryTransaction transaction = new MemoryTransaction(disk.tables.copy(), owner, disk::isHeld) {
            @Override
            public int register(List<String> names) {
                callbacks = names;
                return super.register(names);
            }
        };
        work.in(transaction);
        Fault fault = host.fault();
        if (!host.isAlive()) throw new SQLException("dead before the commit, says the simulation");
        if (fault == Fault.NOTHING_DONE) throw new SQLException("the disk is full, says the simulation");
        disk.tables = transaction.tables();
        host.committed();
        if (fault == Fault.DONE_AND_NOBODY_KNOWS)
            throw new SQLException("the reply to COMMIT is lost, says the simulation");
    }

    @Override
    public List<String> deadOwners() {
        List<String> dead = new ArrayList<>();
        for (String each : disk.owners.keySet())
            if (!disk.isHeld(each) && !disk.tables.ended.contains(each)) dead.add(each);
        return dead;
    }

    @Override
    public void forget(String dead) {}

    @Override
    public long nextDue(List<String> names, boolean delivers, long now) {
        long next = Long.MAX_VALUE;
        for (Row row : disk.tables.rows.values()) {
            if (MemoryTransaction.isSetBack(row, now)) return 0;
            if (row.state != DurableState.READY && !(delivers && row.state == DurableState.ANSWERED)) continue;
            if (row.due != null) next = Math.min(next, row.due);
            else if (row.isAmong(names)) return 0;
        }
        return next;
    }

    @Override
    public CallRow find(String key) {
        return disk.find(key);
    }

    @Override
    public List<CallRow> list(DurableState state, long afterId, int limit) {
        return disk.tables.rows.tailMap(afterId, false).values().stream()
                .filter(row -> row.state == state)
                .limit(limit)
                .map(row -> row.read(false))
                .toList();
    }

    @Override
    public boolean isIdle() {
        return disk.isIdle();
    }

    @Override
    public Map<DurableState, Long> counts() {
        Map<DurableState, Long> counts = new EnumMap<>(DurableState.class);
        for (DurableState state : DurableState.values()) counts.put(state, 0L);
        for (Row row : disk.tables.rows.values()) counts.merge(row.state, 1L, Long::sum);
        return counts;
    }

    @Override
    public void close() {}
}
