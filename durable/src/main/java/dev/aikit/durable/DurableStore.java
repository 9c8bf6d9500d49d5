package dev.aikit.durable;

import dev.aikit.OpenAI;
import dev.aikit.durable.internal.Store;

/** Where a durable worker keeps its calls: {@link SqliteStore}, {@link PostgresStore}. Implemented by this library. */
public abstract sealed class DurableStore permits SqliteStore, PostgresStore {
    DurableStore() {}

    /** Opens it for one worker. */
    abstract Store open();

    /**
     * Opens it to look, to redrive and to cancel: a worker that sends nothing, calls nothing and takes no calls. May be done
     * while others work with the store.
     *
     * @throws DurableStoreException if it cannot be opened
     */
    public DurableWorker inspect() {
        OpenAI nobody =
                OpenAI.create(c -> c.baseURL("http://nobody.invalid/v1")); // opens nothing before its first call
        return new DurableWorker(
                open(),
                nobody,
                new Registrations(nobody.configuration().baseURL()),
                DurableWorker.builder().submitsOnly());
    }
}
