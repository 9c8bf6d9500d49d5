package dev.aikit.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A call whose callback is running, as the callback sees it. */
public final class DurableDelivery {
    private final StoredCall call;
    private final List<SqlEffect> effects = new ArrayList<>();
    private boolean over;

    /** Made by the library. */
    DurableDelivery(StoredCall call) {
        this.call = call;
    }

    /** The call's key: the same each time, so that an effect outside of the store can be made once. */
    public String key() {
        return call.key();
    }

    /** How often the callback has been called for this answer, this time included. */
    public int number() {
        return call.deliveries();
    }

    /** The call as it was when its callback was due. */
    public StoredCall call() {
        return call;
    }

    /**
     * Writes an effect with the call's end, in one transaction: exactly once, whatever happens and however often the
     * callback is called. It runs after the callback has returned, on the store's thread, and keeps all other calls
     * waiting: statements only. What it throws counts as thrown by the callback.
     */
    public synchronized void write(SqlEffect effect) {
        if (over) throw new IllegalStateException("write: the callback has returned");
        effects.add(Objects.requireNonNull(effect, "effect"));
    }

    synchronized List<SqlEffect> end() {
        over = true;
        return List.copyOf(effects);
    }
}
