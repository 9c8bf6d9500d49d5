package dev.aikit.json;

/** Text that is not JSON, or a value that JSON cannot hold. The message says where. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    JsonException(String message, Throwable cause) {
        this(message, cause, false);
    }

    JsonException(String message) {
        super(message);
        this.tooLarge = false;
    }

    JsonException(String message, Throwable cause, boolean tooLarge) {
        super(message, cause);
        this.tooLarge = tooLarge;
    }

    /** Whether it may well be JSON, but more of it, or deeper, than is read. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
