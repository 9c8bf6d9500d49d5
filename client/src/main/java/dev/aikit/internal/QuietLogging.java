package dev.aikit.internal;

/**
 * Lets a library's logging begin without the lines that SLF4J prints to standard error if it is there, because a library
 * needs it, and nobody listens to it. SLF4J's own switch for those lines is set meanwhile, unless the program has set it.
 */
public final class QuietLogging {
    private static final String VERBOSITY = "slf4j.internal.verbosity";
    private static final Object LOCK = new Object();

    /** Something that begins to log. */
    @FunctionalInterface
    public interface First<V, X extends Exception> {
        /** Does it. */
        V make() throws X;
    }

    private QuietLogging() {}

    /** Does what begins to log. */
    public static <V, X extends Exception> V during(First<V, X> first) throws X {
        synchronized (LOCK) {
            boolean untouched = System.getProperty(VERBOSITY) == null;
            if (untouched) System.setProperty(VERBOSITY, "ERROR");
            try {
                return first.make();
            } finally {
                if (untouched) System.clearProperty(VERBOSITY);
            }
        }
    }
}
