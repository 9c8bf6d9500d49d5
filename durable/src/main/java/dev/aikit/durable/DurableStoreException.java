package dev.aikit.durable;

/**
 * The store did not do what was asked: the disk is full, the file is gone, another process holds the lock. A call whose
 * submission ended so was not acknowledged, but may be kept: submit it again, under the same key it is the same call.
 */
public final class DurableStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Made by the library. */
    public DurableStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
