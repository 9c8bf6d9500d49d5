package dev.aikit.schema.internal;

/** Lets the generator's logging begin without the lines that SLF4J prints to standard error if nobody listens to it. */
final class QuietLogging {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietLogging() {}

    static void during(Runnable first) {
        boolean untouched = System.getProperty(VERBOSITY) == null;
        if (untouched) System.setProperty(VERBOSITY, "ERROR");
        try {
            first.run();
        } finally {
            if (untouched) System.clearProperty(VERBOSITY);
        }
    }
}
