package dev.aikit.durable.internal;

/** Hears of the moments at which the death of a process matters: for tests that halt it there. */
@FunctionalInterface
public interface Probe {
    /** A moment. */
    enum Point {
        SUBMIT_BEFORE_COMMIT,
        SUBMIT_AFTER_COMMIT,
        CLAIM_BEFORE_COMMIT,
        CLAIM_AFTER_COMMIT,
        SENT,
        ANSWER_CAME,
        ANSWER_BEFORE_COMMIT,
        ANSWER_AFTER_COMMIT,
        CALLBACK_RETURNED,
        DONE_BEFORE_COMMIT,
        DONE_AFTER_COMMIT
    }

    /** Nobody is interested. */
    Probe NONE = point -> {};

    /** It is that moment, on the thread that goes on after it. */
    void at(Point point);
}
