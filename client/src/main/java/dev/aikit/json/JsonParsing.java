package dev.aikit.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads any JSON, with Jackson, or says what is wrong with it; within limits that a hostile server cannot exceed. What is
 * ordinary does not come here.
 */
final class JsonParsing {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonReading.MAX_DEPTH)
                    .maxTokenCount(JsonReading.MAX_TOKENS)
                    .maxStringLength(Integer.MAX_VALUE) // the size of an answer is limited before it comes here
                    .build())
            // Names come from the server: to keep them all would let it fill our memory.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final boolean exact;
    private final JsonParts parts = new JsonParts();

    private JsonParsing(JsonParser parser, boolean exact) {
        this.parser = parser;
        this.exact = exact;
    }

    /** With {@code exact}, what a double does not hold to the last digit is a BigDecimal. */
    static @Nullable Object read(byte[] utf8, boolean exact) {
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
            Object value = new JsonParsing(parser, exact).value();
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
        int start = parts.begin();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            parts.add(name);
            parts.add(value());
        }
        return parts.object(start);
    }

    private List<@Nullable Object> array() throws IOException {
        int start = parts.begin();
        while (parser.nextToken() != JsonToken.END_ARRAY) parts.add(value());
        return parts.array(start);
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
}
