package dev.aikit.internal;

import java.util.Objects;

/** Something that a server sends is over its limit. */
public final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooLarge(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Of a number of bytes. */
    public static TooLarge bytes(String what, long limit, String setting) {
        return new TooLarge(what + " is larger than the limit of " + limit + " bytes (" + setting + ")");
    }

    /** Of a number of things. */
    public static TooLarge number(String what, long limit, String setting) {
        return new TooLarge(what + " than the limit of " + limit + " (" + setting + ")");
    }
}
