package dev.aikit.durable;

/** Where a call is on its way. */
public enum DurableState {
    /** Kept; to be sent now, or at a time of its own. */
    READY,
    /** A process is sending it, or waits for the answer. */
    SENDING,
    /** The answer is kept; its callback is to come. */
    ANSWERED,
    /** A process is running its callback. */
    DELIVERING,
    /** The callback has returned. The answer is kept for as long as its call says. */
    DONE,
    /** Given up, with a reason: see {@link StoredCall#reason()} and {@link DurableWorker#redrive}. */
    DEAD,
    /** No running worker has registered its callback. It goes on as soon as one does. */
    PARKED;

    /** Whether nothing more happens by itself. */
    public boolean isEnd() {
        return this == DONE || this == DEAD;
    }
}
