package dev.aikit.durable;

import java.sql.Connection;
import java.sql.SQLException;

/** What a callback writes into the store's own database, together with the end of its call. */
@FunctionalInterface
public interface SqlEffect {
    /**
     * Writes. Holds the store's write lock meanwhile: statements only, no waiting. May be called again when what it wrote was
     * rolled back with its transaction, also because of another call's effect.
     *
     * @param connection the store's own; it cannot be committed, rolled back or closed here, nor by a statement
     */
    void write(Connection connection) throws SQLException;
}
