package dev.aikit.json;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts, numbers and truth values in the types of Java. A text that spells a number counts as one, as servers send it. */
final class JsonScalars {
    /**
     * Longer than any number, date or time that makes sense, and as long as JSON's own numbers may be. The time that
     * digits take grows with the square of their number: a million would keep a thread busy beyond every deadline.
     */
    private static final int MAX_LENGTH = 1000;

    private static final Map<Class<?>, Function<BigDecimal, Object>> NUMBERS = Map.ofEntries(
            Map.entry(int.class, BigDecimal::intValueExact),
            Map.entry(Integer.class, BigDecimal::intValueExact),
            Map.entry(long.class, BigDecimal::longValueExact),
            Map.entry(Long.class, BigDecimal::longValueExact),
            Map.entry(short.class, BigDecimal::shortValueExact),
            Map.entry(Short.class, BigDecimal::shortValueExact),
            Map.entry(byte.class, BigDecimal::byteValueExact),
            Map.entry(Byte.class, BigDecimal::byteValueExact),
            Map.entry(double.class, JsonScalars::finiteDouble),
            Map.entry(Double.class, JsonScalars::finiteDouble),
            Map.entry(float.class, JsonScalars::finiteFloat),
            Map.entry(Float.class, JsonScalars::finiteFloat),
            Map.entry(BigDecimal.class, number -> number),
            Map.entry(BigInteger.class, JsonScalars::whole));

    /** Types whose values are texts in JSON. */
    private static final Map<Class<?>, Function<String, Object>> TEXTS = Map.of(
            LocalDate.class, LocalDate::parse,
            LocalTime.class, LocalTime::parse,
            LocalDateTime.class, LocalDateTime::parse,
            OffsetDateTime.class, OffsetDateTime::parse,
            Instant.class, Instant::parse,
            Duration.class, Duration::parse,
            UUID.class, UUID::fromString,
            URI.class, URI::create);

    private JsonScalars() {}

    static boolean knows(Class<?> type) {
        return NUMBERS.containsKey(type)
                || isText(type)
                || type == String.class
                || type == CharSequence.class
                || type == boolean.class
                || type == Boolean.class
                || type == char.class
                || type == Character.class;
    }

    /** Whether a double may not hold all digits that the type holds. */
    static boolean isExact(Class<?> type) {
        return NUMBERS.containsKey(type)
                && type != double.class
                && type != Double.class
                && type != float.class
                && type != Float.class;
    }

    private static boolean isText(Class<?> type) {
        return TEXTS.containsKey(type);
    }

    /** What the object is in JSON if that is a text, else null. More types are written as texts than are read from them. */
    static @Nullable String text(Object object) {
        if (object instanceof OffsetDateTime time) // whose own text leaves out seconds, which RFC 3339 demands
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        if (object instanceof Date date) return text(date);
        boolean isPlace = object instanceof Path || object instanceof File || object instanceof URL;
        return isPlace || isText(object.getClass()) ? object.toString() : null;
    }

    /** Those of java.sql that are only a day or a time have no instant; their own texts are those of java.time. */
    private static String text(Date date) {
        try {
            return date.toInstant().toString();
        } catch (UnsupportedOperationException noInstant) {
            return date.toString();
        }
    }

    /**
     * Null if it does not fit.
     *
     * @throws ArithmeticException if a number is too large for the type, or has a fraction that the type cannot hold
     * @throws IllegalArgumentException if it is no number, or not the text of such a value
     * @throws java.time.DateTimeException if it is no date or time
     */
    static @Nullable Object of(Object plain, Class<?> type) {
        String text = plain.toString();
        Function<String, Object> parsed = TEXTS.get(type);
        Function<BigDecimal, Object> number = NUMBERS.get(type);
        if (text.length() > MAX_LENGTH && type != URI.class && (parsed != null || number != null)) return null;
        if (parsed != null) return plain instanceof String ? parsed.apply(text) : null;
        if (number != null) return plain instanceof Boolean ? null : number.apply(new BigDecimal(text));
        if (type == boolean.class || type == Boolean.class)
            return plain instanceof Boolean
                    ? plain
                    : text.equals("true") ? (Object) true : text.equals("false") ? false : null;
        if (type == char.class || type == Character.class) return text.length() == 1 ? text.charAt(0) : null;
        return text;
    }

    private static double finiteDouble(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value)) throw new ArithmeticException("too large");
        return value;
    }

    private static float finiteFloat(BigDecimal number) {
        float value = number.floatValue();
        if (Float.isInfinite(value)) throw new ArithmeticException("too large");
        return value;
    }

    private static BigInteger whole(BigDecimal number) {
        // 1e1000000000 would fill the memory with its zeros.
        if (number.scale() < -1000) throw new ArithmeticException("too large");
        if (number.signum() == 0) return BigInteger.ZERO;
        // To find that 1e-1000000000 is not whole would take as much.
        if (number.scale() > number.precision()) throw new ArithmeticException("not whole");
        return number.toBigIntegerExact();
    }
}
