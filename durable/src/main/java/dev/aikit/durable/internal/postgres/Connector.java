package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.internal.sql.Link;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes connections with the settings that the store relies on, whatever the user, the database or a pool has set. */
@FunctionalInterface
public interface Connector {
    /** Longer than a commit takes, shorter than somebody's patience: after that the connection is taken for broken. */
    int ANSWER_MILLIS = 30_000;

    /** A connection as it comes. */
    Connection get() throws SQLException;

    /** A connection for the store. */
    default Link connect() throws SQLException {
        Connection connection = get();
        try {
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            Link link = new Link(connection);
            // With "off", what was acknowledged could be lost. A plan that was made for empty tables must not be kept
            // while they grow. The rest is for the ends of others: a machine that is gone, a process that was stopped
            // in the middle of a transaction, somebody who holds a lock for long.
            link.run("""
                    SELECT set_config('synchronous_commit', 'on', false)
                      WHERE current_setting('synchronous_commit') = 'off';
                    SET lock_timeout = '10s';
                    SET plan_cache_mode = force_custom_plan;
                    SET idle_in_transaction_session_timeout = '60s';
                    SET tcp_keepalives_idle = 10;
                    SET tcp_keepalives_interval = 5;
                    SET tcp_keepalives_count = 3""");
            return link;
        } catch (SQLException | RuntimeException error) {
            end(connection);
            throw error;
        }
    }

    /** Ends a connection for good: in a pool, another one takes its place. */
    static void end(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException nothingMoreToLose) {
            System.getLogger("dev.aikit.durable")
                    .log(System.Logger.Level.DEBUG, "a connection to the store did not end", nothingMoreToLose);
        }
    }
}
