package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.internal.sql.Link;
import dev.aikit.durable.internal.sql.SqlStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database, opened for one worker: one connection that writes and holds its lock, one that reads. */
public final class PostgresDatabase extends SqlStore {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");

    /** How often a group is tried before its trouble is told: a connection may have ended, others may be in the way. */
    private static final int MOST_TRIES = 3;

    private final Connector connector;
    private final ServerClock clock;

    // The writer's own, but for the end:
    private volatile @Nullable Seat seat;
    private volatile boolean closed;
    private @Nullable Seat before;
    private long group;
    /** The last group that was, when the connection was lost. */
    private volatile long committed;

    private List<String> callbacks = List.of();
    private Set<String> free = Set.of();

    private PostgresDatabase(Connector connector, ServerClock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /**
     * Opens the database, and makes the tables if they are not there.
     *
     * @throws DurableStoreException if it cannot be used
     */
    public static PostgresDatabase open(Connector connector) {
        try (Link link = connector.connect()) {
            String encoding = link.one("SHOW server_encoding", row -> row.getString(1));
            if (!"UTF8".equals(encoding))
                throw new DurableStoreException("a database with the encoding UTF8 expected, not " + encoding, null);
            Schema.bring(link);
            if ("off".equals(link.one("SHOW fsync", row -> row.getString(1))))
                LOG.log(System.Logger.Level.WARNING, "the server runs with fsync = off: a loss of power loses calls");
            Long now = link.one("SELECT " + ServerClock.NOW, row -> row.getLong(1));
            PostgresDatabase database = new PostgresDatabase(connector, new ServerClock(Objects.requireNonNull(now)));
            database.seat();
            return database;
        } catch (SQLException error) {
            throw new DurableStoreException("the store in PostgreSQL cannot be opened: " + error.getMessage(), error);
        }
    }

    @Override
    protected Link connect() throws SQLException {
        return connector.connect();
    }

    @Override
    public String owner() {
        Seat here = seat;
        Seat there = here != null ? here : before;
        return there == null ? "" : there.owner();
    }

    @Override
    public LongSupplier clock() {
        return clock;
    }

    /** The connection that holds this worker's lock, made again if it was lost. */
    private Seat seat() throws SQLException {
        if (closed) throw new SQLException("the store is closed");
        Seat here = seat;
        if (here != null) return here;
        Link link = connector.connect();
        try {
            here = before == null ? null : again(link, before);
            if (here == null) here = Seat.take(link);
            if (before != null && before.number != here.number) register(here);
        } catch (SQLException | RuntimeException error) {
            Connector.end(link.connection());
            throw error;
        }
        before = null;
        seat = here;
        return here;
    }

    /** Under the number of before, with all that is in hand; unless others have taken that over: then none. */
    private @Nullable Seat again(Link link, Seat lost) throws SQLException {
        Seat.Past past = Seat.reclaim(link, lost);
        committed = past == null ? 0 : past.committed();
        if (past != null && !past.ended()) return Seat.sit(link, lost.number);
        Seat.unlock(link, lost.number);
        LOG.log(
                System.Logger.Level.WARNING,
                "a durable worker was cut off from its store for so long that others have taken over its calls");
        return null;
    }

    private void register(Seat here) throws SQLException {
        new PostgresTransaction(here, 0, false).register(callbacks);
        here.link.flush();
        here.link.connection().commit();
    }

    @Override
    public void write(Work work) throws Exception {
        boolean unclear = false;
        boolean trusting = true;
        for (int tries = 1; ; tries++) {
            Seat here = seat();
            if (unclear && committed == group) return; // only the reply was lost
            unclear = false;
            group++;
            try {
                PostgresTransaction transaction = new Registering(here, trusting);
                work.in(transaction);
                Long now = transaction.end();
                if (now == null) {
                    leave(here);
                    throw new SQLException("others have taken over what this worker had in hand");
                }
                clock.set(now);
                unclear = true;
                here.link.connection().commit();
                return;
            } catch (Throwable trouble) {
                if (unclear || !rollBack(here)) leave(here);
                boolean doubtful = trouble instanceof PostgresTransaction.Doubtful;
                if (doubtful) trusting = false;
                boolean another = doubtful
                        || seat == null
                        || trouble instanceof SQLException e && PostgresTransaction.isTrouble(e);
                if (tries == MOST_TRIES || !another) throw trouble;
            }
        }
    }

    private static boolean rollBack(Seat here) {
        try {
            here.link.forget();
            here.link.connection().rollback();
            return true;
        } catch (SQLException gone) {
            return false;
        }
    }

    /** Nothing more is written on that connection. What it has under way is found out about on the next one. */
    private void leave(Seat here) {
        before = here;
        seat = null;
        free = Set.of(); // others may have lost theirs with it: looks from before say nothing about them
        Connector.end(here.link.connection());
    }

    /** Remembers what is registered, for another number. */
    private final class Registering extends PostgresTransaction {
        Registering(Seat here, boolean trusting) {
            super(here, group, trusting);
        }

        @Override
        public int register(List<String> names) throws SQLException {
            callbacks = names;
            return super.register(names);
        }
    }

    /** Those whose lock was free at two looks: after a restart of the server its owners need a moment to come back. */
    @Override
    public List<String> deadOwners() {
        Set<String> now = Set.copyOf(read(link -> link.query(Seat.FREE, row -> row.getString(1))));
        List<String> dead = now.stream().filter(free::contains).toList();
        free = now;
        return dead;
    }

    /** Nothing: it has left nothing outside of the tables. */
    @Override
    public void forget(String owner) {}

    @Override
    public void close() {
        closed = true;
        Seat here = seat;
        seat = null;
        closeReading();
        if (here == null) return;
        try {
            here.giveBack();
        } catch (SQLException lost) {
            Connector.end(here.link.connection());
        }
    }
}
