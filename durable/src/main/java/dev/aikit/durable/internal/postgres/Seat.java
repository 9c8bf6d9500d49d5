package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.internal.sql.Link;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection on which a worker writes, and which holds the lock on its number: while it lasts nobody else is that owner,
 * and when it ends, the server gives the lock back. So nothing can be written under a number but by who holds its lock.
 */
final class Seat {
    /** The lock of an owner: of that number, and of this table, as others may be in the same database. */
    private static final String LOCK = "(('aikit_owner'::regclass::oid::bigint << 32) | ?::integer)";

    static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock" + LOCK;

    /** Of such locks, those that are held. */
    private static final String HELD = "FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted"
            + " AND l.classid = 'aikit_owner'::regclass::oid"
            + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    static final String FREE =
            "SELECT o.number::text FROM aikit_owner o WHERE o.ended IS NULL AND NOT EXISTS (SELECT 1 " + HELD
                    + " AND l.objid = o.number::bigint::oid)";

    final Link link;
    final int number;

    /** The server's process for this connection. */
    final int process;

    private Seat(Link link, int number, int process) {
        this.link = link;
        this.number = number;
        this.process = process;
    }

    /** A new number. */
    static Seat take(Link link) throws SQLException {
        Integer number = link.one(
                "SELECT nextval(pg_get_serial_sequence('aikit_owner', 'number'))::integer", row -> row.getInt(1));
        lock(link, Objects.requireNonNull(number)); // before others can see the number
        link.update("INSERT INTO aikit_owner (number) OVERRIDING SYSTEM VALUE VALUES (?)", number);
        return sit(link, number);
    }

    /** What has become of a number. */
    record Past(long committed, boolean ended) {}

    /**
     * The same number on another connection, once the one before has ended for sure: what it had under way is committed
     * then, or never will be.
     *
     * @return its past: none if it is forgotten. Unless it is ended, this connection has its lock
     */
    static @Nullable Past reclaim(Link link, Seat before) throws SQLException {
        link.query(
                "SELECT pg_terminate_backend(l.pid) " + HELD + " AND l.objid = ?::bigint::oid AND l.pid = ?",
                row -> 0,
                before.number,
                before.process);
        lock(link, before.number);
        return link.one(
                "SELECT groups, ended IS NOT NULL FROM aikit_owner WHERE number = ?",
                row -> new Past(row.getLong(1), row.getBoolean(2)),
                before.number);
    }

    static Seat sit(Link link, int number) throws SQLException {
        Integer process = link.one("SELECT pg_backend_pid()", row -> row.getInt(1));
        link.connection().setAutoCommit(false);
        return new Seat(link, number, Objects.requireNonNull(process));
    }

    private static void lock(Link link, int number) throws SQLException {
        link.query("SELECT pg_advisory_lock" + LOCK, row -> 0, number);
    }

    static void unlock(Link link, int number) throws SQLException {
        link.query("SELECT pg_advisory_unlock" + LOCK, row -> 0, number);
    }

    /** Gives number and connection back. What it had in hand must be given back before; else others take it over. */
    void giveBack() throws SQLException {
        link.connection().rollback();
        link.connection().setAutoCommit(true);
        link.update(
                "DELETE FROM aikit_owner WHERE number = ? AND NOT EXISTS (SELECT 1 FROM aikit_call WHERE owner = ?)",
                number,
                owner());
        unlock(link, number);
        link.close();
    }

    String owner() {
        return Integer.toString(number);
    }
}
