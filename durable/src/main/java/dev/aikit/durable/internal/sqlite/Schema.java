package dev.aikit.durable.internal.sqlite;

import dev.aikit.durable.DurableStoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The store's tables, and which version of them a file has. */
final class Schema {
    /** Raised with each change of the tables, with a step in {@link #bring} that brings older files there. */
    static final int VERSION = 2;

    private static final String RATE = """
            CREATE TABLE aikit_rate (
              name TEXT PRIMARY KEY,
              time INTEGER NOT NULL DEFAULT 0,
              seen INTEGER NOT NULL,
              requests INTEGER NOT NULL DEFAULT 0,
              tokens INTEGER NOT NULL DEFAULT 0,
              held INTEGER NOT NULL DEFAULT 0,
              said_requests INTEGER NOT NULL DEFAULT 0,
              said_tokens INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""";

    private static final String[] TABLES = {
        """
        CREATE TABLE aikit_call (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          key TEXT NOT NULL UNIQUE,
          digest BLOB NOT NULL,
          function TEXT NOT NULL,
          callback TEXT NOT NULL,
          state INTEGER NOT NULL,
          owner TEXT,
          run INTEGER NOT NULL DEFAULT 0,
          priority INTEGER NOT NULL,
          submitted INTEGER NOT NULL,
          keep INTEGER NOT NULL,
          due INTEGER,
          due_set INTEGER,
          expires INTEGER,
          sends INTEGER NOT NULL DEFAULT 0,
          unclear_sends INTEGER NOT NULL DEFAULT 0,
          deliveries INTEGER NOT NULL DEFAULT 0,
          unclear_deliveries INTEGER NOT NULL DEFAULT 0,
          kind TEXT NOT NULL DEFAULT '',
          reason TEXT NOT NULL DEFAULT '')""",
        // Apart from the call, whose row is written at each step, what is long is written once.
        """
        CREATE TABLE aikit_request (
          id INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, settings TEXT NOT NULL)""",
        "CREATE TABLE aikit_answer (id INTEGER PRIMARY KEY, status INTEGER NOT NULL, head TEXT NOT NULL, body BLOB NOT NULL)",
        """
        CREATE TABLE aikit_registered (
          owner TEXT NOT NULL, callback TEXT NOT NULL, PRIMARY KEY (owner, callback)) WITHOUT ROWID""",
        "CREATE INDEX aikit_ready ON aikit_call (priority DESC, id) WHERE state = 0 AND due IS NULL",
        "CREATE INDEX aikit_answered ON aikit_call (priority DESC, id) WHERE state = 2 AND due IS NULL",
        "CREATE INDEX aikit_due ON aikit_call (due) WHERE due IS NOT NULL",
        "CREATE INDEX aikit_due_set ON aikit_call (due_set) WHERE due_set IS NOT NULL",
        "CREATE INDEX aikit_owner ON aikit_call (owner) WHERE owner IS NOT NULL",
        "CREATE INDEX aikit_dead ON aikit_call (id) WHERE state = 5",
        "CREATE INDEX aikit_parked ON aikit_call (id) WHERE state = 6",
        "CREATE INDEX aikit_expires ON aikit_call (expires) WHERE expires IS NOT NULL",
        RATE,
        "CREATE TABLE aikit_schema (version INTEGER NOT NULL)",
        "INSERT INTO aikit_schema VALUES (" + VERSION + ")",
    };

    private Schema() {}

    /** Makes the tables, or refuses a file that a newer version of this library has made. */
    static void bring(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            int version = version(statement);
            if (version > VERSION) {
                statement.execute("ROLLBACK");
                throw new DurableStoreException(
                        "the store has version " + version + " of its tables, and this library knows none after "
                                + VERSION + ": a newer dev.aikit:aikit-durable expected",
                        null);
            }
            if (version == 0) for (String table : TABLES) statement.execute(table);
            if (version == 1) {
                statement.execute(RATE);
                statement.execute("UPDATE aikit_schema SET version = " + VERSION);
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet there =
                statement.executeQuery("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'aikit_schema'")) {
            if (!there.next()) return 0;
        }
        try (ResultSet version = statement.executeQuery("SELECT max(version) FROM aikit_schema")) {
            return version.next() ? version.getInt(1) : 0;
        }
    }
}
