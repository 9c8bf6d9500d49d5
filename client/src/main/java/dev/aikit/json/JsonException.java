package dev.aikit.json;

/** Text that is not JSON, or a value that JSON cannot hold. The message says where. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }

    JsonException(String message) {
        super(message);
    }
}
