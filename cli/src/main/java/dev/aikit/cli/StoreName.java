package dev.aikit.cli;

import dev.aikit.durable.DurableStore;
import dev.aikit.durable.PostgresStore;
import dev.aikit.durable.SqliteStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where calls are kept, as a command names it: an SQLite file, or a PostgreSQL database by its JDBC address. */
final class StoreName {
    private static final String JDBC = "jdbc:";
    private static final String POSTGRESQL = JDBC + "postgresql:";
    private static final String USER = "user=";

    private StoreName() {}

    static boolean isDatabase(String name) {
        return name.startsWith(JDBC);
    }

    /**
     * The store of that name; opens nothing. The user of a database is in its address, or in PGUSER, or the one of the
     * system; the password is in PGPASSWORD, or in the driver's password file.
     */
    static DurableStore at(Terminal terminal, String name) {
        if (!isDatabase(name)) return SqliteStore.at(Path.of(name));
        if (!name.startsWith(POSTGRESQL))
            throw new IllegalArgumentException("a store is a file, or an address that begins with " + POSTGRESQL);
        if (name.toLowerCase(Locale.ROOT).contains("password=") || name.indexOf('@') >= 0)
            throw new IllegalArgumentException("no password belongs into the store's address, which others can see:"
                    + " put it into PGPASSWORD, and the user into ?user=NAME or PGUSER");
        int question = (name + "?").indexOf('?');
        List<String> settings = new ArrayList<>(
                List.of(name.substring(Math.min(question + 1, name.length())).split("&")));
        String user = settings.stream()
                .filter(setting -> setting.startsWith(USER))
                .findFirst()
                .map(setting -> URLDecoder.decode(setting.substring(USER.length()), StandardCharsets.UTF_8))
                .orElseGet(() -> or(terminal.variable("PGUSER"), System.getProperty("user.name")));
        settings.removeIf(setting -> setting.startsWith(USER) || setting.isEmpty());
        String rest = settings.isEmpty() ? "" : "?" + String.join("&", settings);
        String password = terminal.environment().getOrDefault("PGPASSWORD", "");
        return PostgresStore.at(name.substring(0, question) + rest, user, password);
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
