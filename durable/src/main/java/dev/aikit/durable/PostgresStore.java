package dev.aikit.durable;

import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.postgres.Connector;
import dev.aikit.durable.internal.postgres.PostgresDatabase;
import dev.aikit.internal.Checks;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * A store in a PostgreSQL database (version 12 or newer): any number of processes on any number of machines. The tables,
 * whose names begin with {@code aikit_}, are made when a worker opens it, in the first schema of the search path. Each
 * worker has two connections for as long as it is open, which must be the server's own sessions: not through a pooler that
 * hands one on after each transaction, and not to a replica.
 *
 * <p>The driver is not brought along: add {@code org.postgresql:postgresql} to your program.
 *
 * <p>The store holds what was asked and answered in plain text, and no keys of the client. Tables of your own may be in the
 * same database: effects that a callback writes with {@link DurableDelivery#write} are.
 */
public final class PostgresStore extends DurableStore {
    private static final String PREFIX = "jdbc:postgresql:";

    private final Connector connector;
    private final String name;

    private PostgresStore(Connector connector, String name) {
        this.connector = connector;
        this.name = name;
    }

    /**
     * A store at that address, such as {@code jdbc:postgresql://db.example/calls}.
     *
     * @param password never written anywhere; none may be in the address, which is. If it is "", the driver looks into its
     *     password file ({@code .pgpass}, or {@code PGPASSFILE})
     */
    public static PostgresStore at(String jdbcUrl, String user, String password) {
        String url = Checks.text("jdbcUrl", jdbcUrl);
        if (!url.startsWith(PREFIX))
            throw new IllegalArgumentException("jdbcUrl: an address that begins with " + PREFIX + " expected");
        if (url.toLowerCase(Locale.ROOT).contains("password=") || url.indexOf('@') >= 0)
            throw new IllegalArgumentException("jdbcUrl: an address without user and password expected");
        Properties settings = new Properties();
        settings.setProperty("user", Checks.text("user", user));
        if (!Objects.requireNonNull(password, "password").isEmpty()) settings.setProperty("password", password);
        settings.setProperty("connectTimeout", "10"); // seconds
        settings.setProperty("loginTimeout", "15");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("ApplicationName", "aikit-durable");
        return new PostgresStore(
                () -> DriverManager.getConnection(url, settings), url.substring(0, (url + "?").indexOf('?')));
    }

    /**
     * A store whose connections come from there, with the deadlines for connecting that are set there. Not from a pool: the
     * connections stay, and have settings of their own.
     */
    public static PostgresStore of(DataSource source) {
        return new PostgresStore(Objects.requireNonNull(source, "source")::getConnection, "a data source");
    }

    @Override
    Store open() {
        if (name.startsWith(PREFIX) && DriverManager.drivers().noneMatch(PostgresStore::isOurs))
            throw new DurableStoreException(
                    "there is no driver for PostgreSQL in this program: org.postgresql:postgresql expected", null);
        return PostgresDatabase.open(connector);
    }

    private static boolean isOurs(Driver driver) {
        try {
            return driver.acceptsURL(PREFIX + "//localhost/any");
        } catch (java.sql.SQLException no) {
            return false;
        }
    }

    /** Its address, without what follows a question mark there, and without user and password. */
    @Override
    public String toString() {
        return "PostgresStore[" + name + "]";
    }
}
