package dev.aikit.cli;

/** What the command tells the shell; docs/command-line.md lists the same. */
final class ExitCode {
    static final int OK = 0;
    /** The call failed: the server answered with an error, or the answer broke off. */
    static final int FAILED = 1;
    /** The command was not understood. */
    static final int USAGE = 2;
    /** No answer: no connection, or not in time. */
    static final int NO_ANSWER = 3;
    /** The server refuses the key, or wants one. */
    static final int KEY_REFUSED = 4;
    /** Ctrl-C, as the JVM and shells have it. */
    static final int CANCELLED = 130;

    private ExitCode() {}
}
