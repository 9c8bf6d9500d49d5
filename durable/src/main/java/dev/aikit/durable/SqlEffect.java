package dev.aikit.durable;

import java.sql.Connection;
import java.sql.SQLException;

/** What a callback writes into the store's own database, together with the end of its call. */
@FunctionalInterface
public interface SqlEffect {
    /**
     * Writes. Holds the store's write lock meanwhile: statements only, no waiting.
     *
     * @param connection the store's own; it cannot be committed, rolled back or closed here
     */
    void write(Connection connection) throws SQLException;
}
