package dev.aikit.durable.batch;

/** A line of a batch's input that cannot be used. Nothing was sent. */
public final class BatchInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final long line;

    BatchInputException(long line, String what) {
        super("line " + line + ": " + what);
        this.line = line;
    }

    /** Its number, from 1. */
    public long line() {
        return line;
    }
}
