package dev.aikit.durable.simulation;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.StoredAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store keeps, as plain objects. */
final class MemoryTables {
    /** A call. */
    static final class Row {
        long id;
        NewCall call;
        long submitted;
        DurableState state = DurableState.READY;
        String owner;
        int run;
        Long due;
        Long dueSet;
        Long expires;
        int sends;
        int unclearSends;
        int deliveries;
        int unclearDeliveries;
        String kind = "";
        String reason = "";
        StoredAnswer answer;

        Row copy() {
            Row copy = new Row();
            copy.id = id;
            copy.call = call;
            copy.submitted = submitted;
            copy.state = state;
            copy.owner = owner;
            copy.run = run;
            copy.due = due;
            copy.dueSet = dueSet;
            copy.expires = expires;
            copy.sends = sends;
            copy.unclearSends = unclearSends;
            copy.deliveries = deliveries;
            copy.unclearDeliveries = unclearDeliveries;
            copy.kind = kind;
            copy.reason = reason;
            copy.answer = answer;
            return copy;
        }

        boolean isAmong(List<String> callbacks) {
            return callbacks.equals(Store.ANY) || callbacks.contains(call.callback());
        }

        Claim claim() {
            return new Claim(id, run);
        }

        CallRow read(boolean withAnswer) {
            return new CallRow(
                    id,
                    call.key(),
                    state,
                    call.function(),
                    call.callback(),
                    call.method(),
                    call.path(),
                    call.priority(),
                    submitted,
                    due == null ? 0 : due,
                    sends,
                    unclearSends,
                    deliveries,
                    unclearDeliveries,
                    kind,
                    reason,
                    withAnswer ? answer : null);
        }
    }

    /** That an owner has a callback. */
    record Registered(String owner, String callback) implements Comparable<Registered> {
        @Override
        public int compareTo(Registered other) {
            int byOwner = owner.compareTo(other.owner);
            return byOwner != 0 ? byOwner : callback.compareTo(other.callback);
        }
    }

    final TreeMap<Long, Row> rows = new TreeMap<>();
    final TreeSet<Registered> registered = new TreeSet<>();
    final Set<String> ended = new HashSet<>();
    final List<String> effects = new ArrayList<>();
    long lastId;

    MemoryTables copy() {
        MemoryTables copy = new MemoryTables();
        rows.forEach((id, row) -> copy.rows.put(id, row.copy()));
        copy.registered.addAll(registered);
        copy.ended.addAll(ended);
        copy.effects.addAll(effects);
        copy.lastId = lastId;
        return copy;
    }

    Row find(String key) {
        for (Row row : rows.values()) if (row.call.key().equals(key)) return row;
        return null;
    }

    boolean isRegistered(String callback) {
        return registered.stream()
                .anyMatch(one -> one.callback.equals(callback) || one.callback.equals(Store.ANY.get(0)));
    }
}
