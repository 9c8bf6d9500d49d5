package dev.aikit.json;

/** Text that is not JSON, or a value that JSON cannot hold. The message says where. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    JsonException(String message, Throwable cause) {
        this(message, cause, 0, 0);
    }

    JsonException(String message, Throwable cause, int line, int column) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    JsonException(String message) {
        super(message);
        this.line = 0;
        this.column = 0;
    }

    /** The line of the text where the reading stopped, from 1; 0 if the mistake has no such place. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1; 0 if the mistake has no such place. */
    public int column() {
        return column;
    }
}
