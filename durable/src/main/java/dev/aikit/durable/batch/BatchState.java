package dev.aikit.durable.batch;

/** How far a batch is. */
public enum BatchState {
    /** Something is left to do: a process works on it, or will when somebody resumes it. */
    OPEN,
    /** Every request has a result or has failed. */
    DONE,
    /** Cancelled: what was not sent will not be. */
    CANCELLED
}
