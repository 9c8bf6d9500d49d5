package dev.aikit.json;

import org.jspecify.annotations.Nullable;

/** Text that is not JSON, or JSON that does not fit what it is read as. */
public final class JsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final boolean tooLarge;

    JsonException(String message) {
        this(message, null);
    }

    JsonException(String message, @Nullable Throwable cause) {
        this(message, cause, 0, 0, false);
    }

    JsonException(String message, @Nullable Throwable cause, int line, int column, boolean tooLarge) {
        super(message, cause);
        this.line = line;
        this.column = column;
        this.tooLarge = tooLarge;
    }

    /** The line of the text where the reading stopped, from 1; 0 if the mistake has no such place. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1; 0 if the mistake has no such place. */
    public int column() {
        return column;
    }

    /** Whether it may well be JSON, but more of it, or deeper, than is read. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
