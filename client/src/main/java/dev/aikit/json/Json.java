package dev.aikit.json;

import dev.aikit.json.internal.JsonSource;
import dev.aikit.json.internal.SmallMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value that can be asked for anything: a field that is not there is a {@linkplain #isPresent()
 * missing} value, not an exception, so that a path can be followed to its end and tested once.
 *
 * <pre>{@code
 * String city = Json.parse(text).get("address").get("city").asText("unknown");
 * }</pre>
 *
 * <p>Text is read when the value is first asked for something; reading the same value from several threads is safe.
 */
public final class Json {
    private static final Object UNREAD = new Object();
    private static final Json MISSING = new Json(null, false, null);
    private static final Json NULL = new Json(null, true, null);

    private final boolean present;
    private volatile @Nullable Object value;
    /** Bytes, or a {@link JsonSource}; null if there is only the value. */
    private final @Nullable Object source;

    private Json(@Nullable Object value, boolean present, @Nullable Object source) {
        this.value = value;
        this.present = present;
        this.source = source;
    }

    /**
     * Reads JSON text at once.
     *
     * @throws JsonException if the text is not one JSON value
     */
    public static Json parse(String text) {
        return parse(Objects.requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads JSON in UTF-8 at once. Bytes that are not UTF-8 become U+FFFD inside of texts. The array is not copied.
     *
     * @throws JsonException if the bytes are not one JSON value
     */
    public static Json parse(byte[] utf8) {
        return new Json(JsonReading.read(Objects.requireNonNull(utf8, "utf8")), true, utf8);
    }

    /**
     * The same as {@link #parse(byte[])}, but read when first asked: bytes that are not JSON then throw there.
     */
    public static Json lazily(byte[] utf8) {
        return new Json(UNREAD, true, Objects.requireNonNull(utf8, "utf8"));
    }

    /**
     * The JSON value of a Java object: null, text, number, boolean, enum (its {@code toString}), record, map, list, array, any
     * other {@code Iterable} of yours, {@code Json}, {@code Optional} (what it holds, or null), or a bean: an object of a class
     * of yours, with its public getters and fields, those that are null too. Texts are made of {@code LocalDate}, {@code
     * LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime}, {@code Instant}, {@code Duration}, of {@code java.util.Date}
     * (its instant), {@code UUID}, {@code URI}, {@code URL}, {@code Path} and {@code File}.
     *
     * @throws JsonException if the object cannot be written as JSON, such as a number that is not finite
     */
    public static Json of(@Nullable Object object) {
        if (object instanceof Json json) return json;
        if (object instanceof JsonSource source) return new Json(source.value(), true, source);
        Object plain = JsonWriting.plain(object);
        return plain == null ? NULL : new Json(plain, true, null);
    }

    /** A value that is not there. */
    public static Json missing() {
        return MISSING;
    }

    static Json wrap(@Nullable Object plain) {
        return plain == null ? NULL : new Json(plain, true, null);
    }

    private @Nullable Object value() {
        Object current = value;
        if (current == UNREAD) value = current = JsonReading.read((byte[]) Objects.requireNonNull(source));
        return current;
    }

    /** The bytes that were read; null if none were. */
    private byte @Nullable [] bytes() {
        return source instanceof JsonSource known ? known.bytes() : (byte[]) source;
    }

    /** Whether there is a value other than {@code null}: most servers mean the same by null and by absence. */
    public boolean isPresent() {
        return value() != null;
    }

    /** Whether the value stands there as {@code null}. */
    public boolean isNull() {
        return present && value() == null;
    }

    /** Whether this is an object, {@code {…}}. */
    public boolean isObject() {
        return value() instanceof Map;
    }

    /** Whether this is an array, {@code […]}. */
    public boolean isArray() {
        return value() instanceof List;
    }

    /** Whether this is a text. */
    public boolean isString() {
        return value() instanceof String;
    }

    /** Whether this is a number. */
    public boolean isNumber() {
        return value() instanceof Number;
    }

    /** Whether this is true or false. */
    public boolean isBoolean() {
        return value() instanceof Boolean;
    }

    /** The field of that name; missing if there is none or if this is not an object. */
    public Json get(String field) {
        if (!(value() instanceof Map<?, ?> map)) return MISSING;
        Object found = map.get(field);
        return found != null ? wrap(found) : map.containsKey(field) ? NULL : MISSING;
    }

    /** The element at that place, from 0; missing if there is none or if this is not an array. */
    public Json get(int index) {
        return value() instanceof List<?> list && index >= 0 && index < list.size() ? wrap(list.get(index)) : MISSING;
    }

    /** The text, or the digits of a number, or true or false as text; "" for anything else. */
    public String asText() {
        return asText("");
    }

    /** The same as {@link #asText()}, with another answer for anything else. */
    public String asText(String otherwise) {
        Object found = value();
        return found instanceof String || found instanceof Number || found instanceof Boolean
                ? found.toString()
                : otherwise;
    }

    /** The number as an int; of a text, the number that it spells; the other value for anything else or out of range. */
    public int asInt(int otherwise) {
        double number = asDouble(Double.NaN);
        return number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE ? (int) number : otherwise;
    }

    /** The number as a long; of a text, the number that it spells; the other value for anything else or out of range. */
    public long asLong(long otherwise) {
        if (value() instanceof Long exact) return exact;
        try {
            return Long.parseLong(asText()); // by way of a double, digits would be lost
        } catch (NumberFormatException notWholeOrTooLarge) {
            double number = asDouble(Double.NaN);
            return number >= Long.MIN_VALUE && number < 0x1p63 ? (long) number : otherwise;
        }
    }

    /** The number as a double; of a text, the number that it spells; the other value for anything else. */
    public double asDouble(double otherwise) {
        Object found = value();
        if (found instanceof Number number) return number.doubleValue();
        if (!(found instanceof String text)) return otherwise;
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    /** True or false; the other value for anything else. */
    public boolean asBoolean(boolean otherwise) {
        return value() instanceof Boolean bool ? bool : otherwise;
    }

    /** How many elements an array has, or fields an object; 0 for anything else. */
    public int size() {
        Object found = value();
        return found instanceof List<?> list ? list.size() : found instanceof Map<?, ?> map ? map.size() : 0;
    }

    /** The elements of an array, in order; empty for anything else. */
    public List<Json> items() {
        return map(Function.identity());
    }

    /** The elements of an array, each turned into something else; empty for anything else. */
    public <E> List<E> map(Function<? super Json, ? extends E> each) {
        if (!(value() instanceof List<?> list)) return List.of();
        List<E> mapped = new ArrayList<>(list.size());
        for (Object element : list) mapped.add(each.apply(wrap(element)));
        return List.copyOf(mapped);
    }

    /** The fields of an object, in their order; empty for anything else. */
    public Map<String, Json> fields() {
        return value() instanceof Map<?, ?> map ? new JsonFields(map) : Map.of();
    }

    /** This object with one field set, or added at the end; of anything but an object, a new object with that field. */
    public Json with(String field, @Nullable Object fieldValue) {
        Map<?, ?> fields = value() instanceof Map<?, ?> map ? map : Map.of();
        return wrap(SmallMap.with(fields, field, JsonWriting.plain(fieldValue)));
    }

    /**
     * This value as a Java object: a record, a bean, a map, a list, a text, a number. Of a record, fields that are not
     * there are null, empty ({@code Optional}) or zero; fields without a component are passed over. A bean is made by its
     * constructor without parameters, and is given what its public setters and public fields take; what is not there stays
     * as the constructor left it. A number that does not fit is an error; {@code BigDecimal} keeps all digits if this is the
     * whole of a text that was read, and those of a double if it is a part.
     *
     * @throws JsonException if the value does not fit the type
     */
    public <V> V as(Class<V> type) {
        return JsonReading.convert(this, Objects.requireNonNull(type, "type"));
    }

    /** The value as plain Java: null, Boolean, Long, BigInteger, Double, BigDecimal, String, List or Map, all unmodifiable. */
    public @Nullable Object toJava() {
        return value();
    }

    /** The same as {@link #toJava}, with all digits of numbers, if wanted and if the text is at hand. */
    @Nullable
    Object toJava(boolean exact) {
        byte[] read = exact ? bytes() : null;
        return read != null ? JsonReading.readExactly(read) : value();
    }

    /** Compact JSON in UTF-8; of a value that was read, the bytes that were read. */
    public byte[] toBytes() {
        byte[] read = bytes();
        return read != null ? read.clone() : JsonBytes.of(value());
    }

    /** Compact JSON; "" for a missing value. */
    @Override
    public String toString() {
        if (!present) return "";
        byte[] read = bytes();
        return new String(read != null ? read : JsonBytes.of(value()), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && present == json.present && Objects.equals(value(), json.value());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value());
    }
}
