package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.internal.sql.Link;
import java.sql.SQLException;

/** The store's tables, and which version of them a database has. */
final class Schema {
    /** Raised with each change of the tables, with a step in {@link #bring} that brings older ones there. */
    static final int VERSION = 2;

    /** Any number: whoever makes the tables holds the lock of that number. */
    private static final long MAKING = 0x61696b6974L;

    private static final String RATE = """
            CREATE TABLE aikit_rate (
              name text PRIMARY KEY,
              time bigint NOT NULL DEFAULT 0,
              seen bigint NOT NULL,
              requests bigint NOT NULL DEFAULT 0,
              tokens bigint NOT NULL DEFAULT 0,
              held bigint NOT NULL DEFAULT 0,
              said_requests bigint NOT NULL DEFAULT 0,
              said_tokens bigint NOT NULL DEFAULT 0)
              WITH (fillfactor = 20);
            """;

    private static final String TABLES = """
            CREATE TABLE aikit_call (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              key text NOT NULL UNIQUE,
              digest bytea NOT NULL,
              function text NOT NULL,
              callback text NOT NULL,
              state integer NOT NULL,
              owner text,
              run integer NOT NULL DEFAULT 0,
              priority integer NOT NULL,
              submitted bigint NOT NULL,
              keep bigint NOT NULL,
              due bigint,
              due_set bigint,
              expires bigint,
              sends integer NOT NULL DEFAULT 0,
              unclear_sends integer NOT NULL DEFAULT 0,
              deliveries integer NOT NULL DEFAULT 0,
              unclear_deliveries integer NOT NULL DEFAULT 0,
              kind text NOT NULL DEFAULT '',
              reason text NOT NULL DEFAULT '')
              WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
            CREATE TABLE aikit_request (
              id bigint PRIMARY KEY, method text NOT NULL, path text NOT NULL, body bytea NOT NULL, settings text NOT NULL);
            CREATE TABLE aikit_answer (
              id bigint PRIMARY KEY, status integer NOT NULL, head text NOT NULL, body bytea NOT NULL);
            CREATE TABLE aikit_owner (
              number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, groups bigint NOT NULL DEFAULT 0, ended timestamptz);
            CREATE TABLE aikit_registered (owner text NOT NULL, callback text NOT NULL, PRIMARY KEY (owner, callback));
            CREATE INDEX aikit_ready ON aikit_call (priority DESC, id) WHERE state = 0 AND due IS NULL;
            CREATE INDEX aikit_answered ON aikit_call (priority DESC, id) WHERE state = 2 AND due IS NULL;
            CREATE INDEX aikit_due ON aikit_call (due) WHERE due IS NOT NULL;
            CREATE INDEX aikit_due_set ON aikit_call (due_set) WHERE due_set IS NOT NULL;
            CREATE INDEX aikit_owned ON aikit_call (owner) WHERE owner IS NOT NULL;
            CREATE INDEX aikit_dead ON aikit_call (id) WHERE state = 5;
            CREATE INDEX aikit_parked ON aikit_call (id) WHERE state = 6;
            CREATE INDEX aikit_expires ON aikit_call (expires) WHERE expires IS NOT NULL;
            """ + RATE + """
            CREATE TABLE aikit_schema (version integer NOT NULL);
            INSERT INTO aikit_schema VALUES (""" + VERSION + ")";

    private Schema() {}

    /** Makes the tables, or refuses those that a newer version of this library has made. */
    static void bring(Link link) throws SQLException {
        link.connection().setAutoCommit(false);
        link.query("SELECT pg_advisory_xact_lock(?)", row -> 0, MAKING);
        boolean there = link.one("SELECT 1 WHERE to_regclass('aikit_schema') IS NOT NULL", row -> 1) != null;
        if (!there) link.run(TABLES);
        Integer version = link.one("SELECT max(version) FROM aikit_schema", row -> row.getInt(1));
        if (version == null || version > VERSION)
            throw new DurableStoreException(
                    "the store has version " + version + " of its tables, and this library knows none after " + VERSION
                            + ": a newer dev.aikit:aikit-durable expected",
                    null);
        if (version == 1) link.run(RATE + "UPDATE aikit_schema SET version = " + VERSION);
        link.connection().commit();
        link.connection().setAutoCommit(true);
    }
}
