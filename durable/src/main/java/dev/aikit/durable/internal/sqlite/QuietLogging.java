package dev.aikit.durable.internal.sqlite;

import java.sql.SQLException;

/**
 * Lets the driver's logging begin without the lines that SLF4J prints to standard error if it is there, because another
 * library needs it, and nobody listens to it.
 */
final class QuietLogging {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    /** Something that begins to log. */
    @FunctionalInterface
    interface First<V> {
        V make() throws SQLException;
    }

    private QuietLogging() {}

    static synchronized <V> V during(First<V> first) throws SQLException {
        boolean untouched = System.getProperty(VERBOSITY) == null;
        if (untouched) System.setProperty(VERBOSITY, "ERROR");
        try {
            return first.make();
        } finally {
            if (untouched) System.clearProperty(VERBOSITY);
        }
    }
}
