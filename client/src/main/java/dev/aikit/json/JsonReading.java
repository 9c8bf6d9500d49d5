package dev.aikit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.aikit.json.internal.SmallMap;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From bytes to plain Java values, within limits that a hostile server cannot exceed. */
final class JsonReading {
    /** Deeper than any request or answer of an API; shallow enough for the smallest thread stack. */
    static final int MAX_DEPTH = 256;

    /**
     * More than the numbers of any answer with embeddings. An object or a text of a few bytes takes a hundred in memory: by
     * the number of bytes alone a server could make the client keep thirty times as many.
     */
    private static final int MAX_TOKENS = 10_000_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxStringLength(Integer.MAX_VALUE) // the size of an answer is limited before it comes here
                    .build())
            // Names come from the server: interning or keeping them would let it fill our memory.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final boolean exact;
    /** What has been read of the objects and arrays that are not complete. */
    private @Nullable Object[] stack = new Object[32];

    private int used;

    private JsonReading(JsonParser parser, boolean exact) {
        this.parser = parser;
        this.exact = exact;
    }

    static @Nullable Object read(byte[] utf8) {
        return read(utf8, false);
    }

    /** The same, but what a double does not hold to the last digit is a BigDecimal. Takes longer. */
    static @Nullable Object readExactly(byte[] utf8) {
        return read(utf8, true);
    }

    private static @Nullable Object read(byte[] utf8, boolean exact) {
        try {
            return readStrictly(utf8, exact);
        } catch (JsonException error) {
            // Servers cut texts between the bytes of one character. Read again what plainly decodes with replacements.
            String repaired = new String(utf8, StandardCharsets.UTF_8);
            if (repaired.indexOf('\uFFFD') < 0) throw error;
            return readStrictly(repaired.getBytes(StandardCharsets.UTF_8), exact);
        }
    }

    private static @Nullable Object readStrictly(byte[] utf8, boolean exact) {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            if (parser.nextToken() == null) throw new JsonException("JSON expected, but there is nothing");
            Object value = new JsonReading(parser, exact).value();
            if (parser.nextToken() != null) throw new JsonException("one JSON value expected, but more follows it");
            return value;
        } catch (StreamConstraintsException limit) {
            throw new JsonException("JSON beyond what is read: " + limit.getOriginalMessage(), limit, 0, 0, true);
        } catch (JsonProcessingException error) {
            throw notJson(error);
        } catch (IOException error) {
            throw new JsonException("not JSON: " + error.getMessage(), error);
        }
    }

    private static JsonException notJson(JsonProcessingException error) {
        JsonLocation place = error.getLocation();
        String what = "not JSON: " + error.getOriginalMessage();
        if (place == null) return new JsonException(what, error);
        String where = " (at byte " + place.getByteOffset() + ")";
        return new JsonException(what + where, error, place.getLineNr(), place.getColumnNr(), false);
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser, exact);
            default -> throw new JsonException("not JSON: unexpected " + parser.currentToken());
        };
    }

    private Map<String, @Nullable Object> object() throws IOException {
        int start = used;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (used - start == 2 * SmallMap.MOST) return large(start, name);
            push(name);
            push(value());
        }
        if (used == start) return Map.of();
        return holdsTwice(start) ? Collections.unmodifiableMap(hashed(start)) : new SmallMap<>(pop(start));
    }

    /** The last one counts, as everywhere. */
    private boolean holdsTwice(int start) {
        for (int i = start + 2; i < used; i += 2)
            for (int j = start; j < i; j += 2) if (Objects.equals(stack[i], stack[j])) return true;
        return false;
    }

    /** The rest of an object that has many fields, from the value of that name on. */
    private Map<String, @Nullable Object> large(int start, String first) throws IOException {
        Map<String, @Nullable Object> fields = hashed(start);
        fields.put(first, value());
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.put(name, value());
        }
        return Collections.unmodifiableMap(fields);
    }

    private Map<String, @Nullable Object> hashed(int start) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = start; i < used; i += 2) fields.put((String) Objects.requireNonNull(stack[i]), stack[i + 1]);
        used = start;
        return fields;
    }

    private List<@Nullable Object> array() throws IOException {
        int start = used;
        while (parser.nextToken() != JsonToken.END_ARRAY) push(value());
        return used == start ? List.of() : Collections.unmodifiableList(Arrays.asList(pop(start)));
    }

    private void push(@Nullable Object value) {
        if (used == stack.length) stack = Arrays.copyOf(stack, used * 2);
        stack[used++] = value;
    }

    private @Nullable Object[] pop(int start) {
        Object[] popped = Arrays.copyOfRange(stack, start, used);
        used = start;
        return popped;
    }

    private static Number integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : Long.valueOf(parser.getLongValue());
    }

    private static Number decimal(JsonParser parser, boolean exact) throws IOException {
        double number = parser.getDoubleValue();
        boolean fits = Double.isFinite(number) && number != 0; // zero may be what is left of 1e-400
        if (fits && !exact) return number;
        try {
            BigDecimal digits = parser.getDecimalValue();
            if (!Double.isFinite(number)) return digits;
            if (digits.signum() == 0) return number;
            return BigDecimal.valueOf(number).compareTo(digits) == 0 ? (Number) number : digits;
        } catch (NumberFormatException exponent) {
            throw new JsonException(
                    "JSON beyond what is read: a number with too large an exponent", exponent, 0, 0, true);
        }
    }

    static <V> V convert(Json json, Class<V> type) {
        Object converted = json.isPresent() || type == Json.class
                ? JsonRecords.LENIENT.value(
                        json.toJava(JsonDemands.of(type).exact()), JsonShape.of(type), type.getSimpleName())
                : null;
        if (converted == null) throw new JsonException("null does not fit " + type.getName());
        @SuppressWarnings("unchecked") // a class of primitives has no other way
        V made = (V) converted;
        return made;
    }
}
