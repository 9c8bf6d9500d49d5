package dev.aikit.internal;

/** Errors that name the argument and what would be right, thrown where the mistake was made. */
public final class Checks {
    private Checks() {}

    /** A text that is not blank. */
    public static String text(String argument, String value) {
        if (value == null || value.isBlank())
            throw new IllegalArgumentException(
                    argument + ": a text expected, not " + (value == null ? "null" : "a blank one"));
        return value;
    }

    /** A number from 0. */
    public static int notNegative(String argument, int value) {
        if (value < 0) throw new IllegalArgumentException(argument + ": 0 or more expected, not " + value);
        return value;
    }

    /** A number from 0. */
    public static long notNegative(String argument, long value) {
        if (value < 0) throw new IllegalArgumentException(argument + ": 0 or more expected, not " + value);
        return value;
    }

    /** A number from 1. */
    public static int positive(String argument, int value) {
        if (value < 1) throw new IllegalArgumentException(argument + ": 1 or more expected, not " + value);
        return value;
    }

    /** A whole number within bounds. */
    public static int within(String argument, int value, int from, int to) {
        if (value < from || value > to)
            throw new IllegalArgumentException(argument + ": " + from + " to " + to + " expected, not " + value);
        return value;
    }

    /** A number within bounds. */
    public static double within(String argument, double value, double from, double to) {
        if (!(value >= from && value <= to))
            throw new IllegalArgumentException(argument + ": " + from + " to " + to + " expected, not " + value);
        return value;
    }
}
