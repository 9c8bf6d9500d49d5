package dev.aikit.durable;

import dev.aikit.durable.internal.Store;

/** Where a durable worker keeps its calls: {@link SqliteStore}, {@link PostgresStore}. Implemented by this library. */
public abstract sealed class DurableStore permits SqliteStore, PostgresStore {
    DurableStore() {}

    /** Opens it for one worker. */
    abstract Store open();
}
