package dev.aikit.durable.simulation;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.SqlEffect;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.RateRow;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.StoredAnswer;
import dev.aikit.durable.simulation.MemoryTables.Registered;
import dev.aikit.durable.simulation.MemoryTables.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The steps of a call on a copy of the tables. A fake: StoreModelTest compares it with the real ones. */
class MemoryTransaction implements StoreTransaction {
    private static final long CLOCK_STEP_MILLIS = 2_000;

    private final String owner;
    private final Predicate<String> isHeld;
    private MemoryTables tables;

    /** @param isHeld whether the lock of that owner is somebody's */
    MemoryTransaction(MemoryTables tables, String owner, Predicate<String> isHeld) {
        this.tables = tables;
        this.owner = owner;
        this.isHeld = isHeld;
    }

    MemoryTables tables() {
        return tables;
    }

    @Override
    public void submit(NewCall call, long now, Told conflict) {
        Row there = tables.find(call.key());
        if (there == null) {
            Row row = new Row();
            row.id = ++tables.lastId;
            row.call = call;
            row.submitted = now;
            row.due = call.notBefore() > now ? call.notBefore() : null;
            tables.rows.put(row.id, row);
        }
        conflict.that(there != null && !Arrays.equals(there.call.digest(), call.digest()));
    }

    private List<Row> claim(DurableState from, DurableState to, List<String> callbacks, int limit) {
        List<Row> claimed = tables.rows.values().stream()
                .filter(row -> row.state == from && row.due == null && row.isAmong(callbacks))
                .sorted(Comparator.comparing((Row row) -> -row.call.priority()).thenComparing(row -> row.id))
                .limit(limit)
                .toList();
        for (Row row : claimed) {
            row.state = to;
            row.owner = owner;
            row.run++;
        }
        return claimed;
    }

    @Override
    public List<Sendable> claimSends(List<String> callbacks, int limit) {
        List<Sendable> sends = new ArrayList<>();
        for (Row row : claim(DurableState.READY, DurableState.SENDING, callbacks, limit)) {
            row.sends++;
            sends.add(new Sendable(row.claim(), row.read(false), row.call.body(), row.call.settings()));
        }
        return sends;
    }

    @Override
    public List<Deliverable> claimDeliveries(List<String> callbacks, int limit) {
        List<Deliverable> deliveries = new ArrayList<>();
        for (Row row : claim(DurableState.ANSWERED, DurableState.DELIVERING, callbacks, limit)) {
            row.deliveries++;
            deliveries.add(new Deliverable(row.claim(), row.read(true)));
        }
        return deliveries;
    }

    /** The call in that state or those, if it is this owner's under this claim. */
    private Row mine(Claim claim, DurableState... states) {
        Row row = tables.rows.get(claim.id());
        boolean mine = row != null
                && Arrays.asList(states).contains(row.state)
                && owner.equals(row.owner)
                && row.run == claim.run();
        return mine ? row : null;
    }

    private static void back(Row row) {
        row.state = row.state == DurableState.SENDING ? DurableState.READY : DurableState.ANSWERED;
        row.owner = null;
    }

    private static void backUnclear(Row row) {
        if (row.state == DurableState.SENDING) row.unclearSends++;
        else row.unclearDeliveries++;
        back(row);
    }

    @Override
    public void answered(Claim claim, StoredAnswer answer, boolean deliver, Told mine) {
        Row row = mine(claim, DurableState.SENDING);
        if (row != null) {
            row.state = deliver ? DurableState.DELIVERING : DurableState.ANSWERED;
            if (deliver) row.deliveries++;
            else row.owner = null;
            row.kind = "";
            row.reason = "";
            row.answer = answer;
        }
        mine.that(row != null);
    }

    @Override
    public boolean later(Claim claim, Failure failure, long now, long delay) {
        Row row = mine(claim, DurableState.SENDING, DurableState.DELIVERING);
        if (row == null) return false;
        back(row);
        row.due = now + delay;
        row.dueSet = now;
        row.kind = failure.kind();
        row.reason = failure.reason();
        return true;
    }

    @Override
    public boolean release(Claim claim) {
        Row row = mine(claim, DurableState.SENDING, DurableState.DELIVERING);
        if (row != null) backUnclear(row);
        return row != null;
    }

    @Override
    public boolean unsent(Claim claim) {
        Row row = mine(claim, DurableState.SENDING);
        if (row == null) return false;
        back(row);
        row.sends--;
        return true;
    }

    @Override
    public void openRate(String name, long now) {
        throw new UnsupportedOperationException("the simulation has no rate limits");
    }

    @Override
    public RateRow rate(String name) {
        throw new UnsupportedOperationException("the simulation has no rate limits");
    }

    @Override
    public void rate(String name, RateRow row) {
        throw new UnsupportedOperationException("the simulation has no rate limits");
    }

    @Override
    public boolean dead(Claim claim, Failure failure) {
        Row row = mine(claim, DurableState.SENDING, DurableState.DELIVERING);
        if (row == null) {
            Row there = tables.rows.get(claim.id());
            return there != null
                    && there.state == DurableState.DEAD
                    && there.run == claim.run()
                    && there.kind.equals(failure.kind())
                    && there.reason.equals(failure.reason());
        }
        row.state = DurableState.DEAD;
        row.owner = null;
        row.kind = failure.kind();
        row.reason = failure.reason();
        if (failure.answer() != null) row.answer = failure.answer();
        return true;
    }

    @Override
    public void done(Claim claim, long now, List<SqlEffect> effects) throws EffectException {
        MemoryTables before = tables.copy();
        Row row = mine(claim, DurableState.DELIVERING);
        if (row == null) return;
        row.state = DurableState.DONE;
        row.owner = null;
        row.expires = now + row.call.keep();
        row.kind = "";
        row.reason = "";
        try {
            for (SqlEffect effect : effects) effect.write(MemoryEffects.connection(tables.effects::add));
        } catch (Throwable thrown) {
            tables = before;
            throw new EffectException(thrown);
        }
    }

    @Override
    public void write(SqlEffect effect) throws SQLException {
        effect.write(MemoryEffects.connection(tables.effects::add));
    }

    @Override
    public boolean cancel(String key, long now) {
        Row row = tables.find(key);
        if (row == null || row.state == DurableState.DELIVERING || row.state.isEnd()) return false;
        row.state = DurableState.DEAD;
        row.owner = null;
        row.due = null;
        row.dueSet = null;
        row.expires = now + row.call.keep();
        row.kind = "CANCELLED";
        row.reason = "cancelled";
        return true;
    }

    @Override
    public boolean redrive(String key) {
        Row row = tables.find(key);
        if (row == null || row.state != DurableState.DEAD) return false;
        boolean answered = row.kind.equals(CallRow.CALLBACK);
        row.state = answered ? DurableState.ANSWERED : DurableState.READY;
        row.owner = null;
        row.expires = null;
        row.kind = "";
        row.reason = "";
        row.deliveries = 0;
        row.unclearDeliveries = 0;
        if (!answered) {
            row.sends = 0;
            row.unclearSends = 0;
            row.answer = null;
        }
        return true;
    }

    private static boolean waits(Row row) {
        return row.state == DurableState.READY || row.state == DurableState.ANSWERED;
    }

    static boolean isSetBack(Row row, long now) {
        return row.dueSet != null && row.dueSet > now + CLOCK_STEP_MILLIS;
    }

    @Override
    public int promote(long now) {
        int promoted = 0;
        for (Row row : tables.rows.values()) {
            if (!waits(row) || !(row.due != null && row.due <= now || isSetBack(row, now))) continue;
            row.due = null;
            row.dueSet = null;
            promoted++;
        }
        return promoted;
    }

    @Override
    public List<String> park() {
        List<String> parked = new ArrayList<>();
        for (Row row : tables.rows.values()) {
            if (!waits(row) || tables.isRegistered(row.call.callback())) continue;
            row.state = DurableState.PARKED;
            parked.add(row.call.callback());
        }
        return parked;
    }

    @Override
    public int register(List<String> callbacks) {
        int resumed = 0;
        for (String callback : callbacks) {
            tables.registered.add(new Registered(owner, callback));
            for (Row row : tables.rows.values()) {
                if (row.state != DurableState.PARKED || !row.isAmong(List.of(callback))) continue;
                row.state = row.answer == null ? DurableState.READY : DurableState.ANSWERED;
                resumed++;
            }
        }
        return resumed;
    }

    @Override
    public void unregister() {
        giveBack(owner);
    }

    @Override
    public int takeOver(String dead) {
        if (dead.equals(owner) || isHeld.test(dead)) return 0;
        tables.ended.add(dead);
        return giveBack(dead);
    }

    private int giveBack(String whose) {
        tables.registered.removeIf(one -> one.owner().equals(whose));
        int back = 0;
        for (Row row : tables.rows.values()) {
            if (!whose.equals(row.owner)) continue;
            backUnclear(row);
            back++;
        }
        return back;
    }

    @Override
    public int releaseUnknown(Collection<Claim> known) {
        int released = 0;
        for (Row row : tables.rows.values())
            if (owner.equals(row.owner) && !known.contains(row.claim()) && release(row.claim())) released++;
        return released;
    }

    @Override
    public int expire(long now, int limit) {
        List<Long> over = tables.rows.values().stream()
                .filter(row -> row.expires != null && row.expires <= now)
                .limit(limit)
                .map(row -> row.id)
                .toList();
        over.forEach(tables.rows::remove);
        return over.size();
    }
}
