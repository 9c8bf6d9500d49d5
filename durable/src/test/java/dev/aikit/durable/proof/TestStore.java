package dev.aikit.durable.proof;

import dev.aikit.durable.DurableStore;
import dev.aikit.durable.PostgresStore;
import dev.aikit.durable.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A store of a test, and a way of the test's own into its database.
 *
 * @param url of the database
 */
public record TestStore(String url) {
    /** The databases that there are stores for. */
    public enum Kind {
        SQLITE,
        POSTGRESQL
    }

    private static final String SQLITE = "jdbc:sqlite:";

    /** A new, empty one, which processes find by the folder. */
    public static TestStore create(Kind kind, Path folder) throws IOException, SQLException {
        TestStore store = new TestStore(
                switch (kind) {
                    case SQLITE -> SQLITE + folder.resolve("calls.db");
                    case POSTGRESQL -> PostgresServer.shared().createDatabase();
                });
        store.leaveIn(folder);
        return store;
    }

    /** Has processes find it in that folder. */
    public void leaveIn(Path folder) throws IOException {
        Files.writeString(folder.resolve("store.txt"), url);
    }

    /** The one that was left in that folder. */
    public static TestStore in(Path folder) throws IOException {
        return new TestStore(Files.readString(folder.resolve("store.txt")));
    }

    public DurableStore store() {
        return url.startsWith(SQLITE)
                ? SqliteStore.at(Path.of(url.substring(SQLITE.length())))
                : PostgresStore.at(url, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    public Connection connect() throws SQLException {
        return url.startsWith(SQLITE) ? DriverManager.getConnection(url) : PostgresServer.connect(url);
    }

    /** With the table of the effects, which is the test's own. */
    public TestStore withEffects() throws SQLException {
        try (Connection connection = connect()) {
            connection.createStatement().execute("CREATE TABLE effect (key TEXT)");
        }
        return this;
    }
}
