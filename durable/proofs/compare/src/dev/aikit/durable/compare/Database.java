package dev.aikit.durable.compare;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.aikit.durable.proof.PostgresServer;
import dev.aikit.durable.proof.TestStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A new database with the table of the effects, for one contender; the disk is synced at each commit. */
record Database(TestStore.Kind kind, TestStore store) {
    private static final long WAIT_MILLIS = 120_000;

    /** More would wait for SQLite's one writer by sleeping, and not in turn. */
    private static final int SQLITE_CONNECTIONS = Integer.getInteger("compare.sqlite", 4);

    boolean isSqlite() {
        return kind == TestStore.Kind.SQLITE;
    }

    /** Connections for so many threads, each set up as the durable worker sets up its own. */
    HikariDataSource pool(int threads) {
        HikariConfig config = new HikariConfig();
        if (isSqlite()) {
            // Without IMMEDIATE, a transaction that reads before it writes fails as soon as another has written.
            config.setJdbcUrl(store.url() + "?journal_mode=WAL&synchronous=FULL&transaction_mode=IMMEDIATE&busy_timeout="
                    + WAIT_MILLIS);
        } else {
            config.setJdbcUrl(store.url());
            config.setUsername(PostgresServer.USER);
            config.setPassword(PostgresServer.PASSWORD);
        }
        config.setMaximumPoolSize(isSqlite() ? SQLITE_CONNECTIONS : threads + 4);
        config.setConnectionTimeout(WAIT_MILLIS);
        return new HikariDataSource(config);
    }

    /** The one effect of a job. */
    static void effect(Connection connection, String key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        }
    }

    /** "3 of 4 effects, 1 twice" if not each job has had its effect once; else "". */
    String wrong(int jobs) throws SQLException {
        try (Connection connection = store.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT count(DISTINCT key), count(*) - count(DISTINCT key) FROM effect")) {
            row.next();
            return row.getInt(1) == jobs && row.getInt(2) == 0
                    ? ""
                    : row.getInt(1) + " of " + jobs + " effects, " + row.getInt(2) + " twice";
        }
    }

    /** What the database itself says of how it syncs. */
    String syncs() throws SQLException {
        if (isSqlite())
            try (HikariDataSource pool = pool(1);
                    Connection connection = pool.getConnection()) {
                return "journal_mode " + say(connection, "PRAGMA journal_mode") + ", synchronous "
                        + say(connection, "PRAGMA synchronous") + " (2 is FULL)";
            }
        try (Connection connection = store.connect()) {
            return "fsync " + say(connection, "SHOW fsync") + ", synchronous_commit "
                    + say(connection, "SHOW synchronous_commit") + ", " + say(connection, "SHOW wal_sync_method");
        }
    }

    private static String say(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    static int count(HikariDataSource pool, String question) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Integer.parseInt(say(connection, question));
        }
    }
}
