package dev.aikit.json;

import org.jspecify.annotations.Nullable;

/** From bytes to plain Java values, and from those to a user's types. Jackson is loaded only if JSON is not ordinary. */
final class JsonReading {
    /** Deeper than any request or answer of an API; shallow enough for the smallest thread stack. */
    static final int MAX_DEPTH = 256;

    /**
     * More than the numbers of any answer with embeddings. An object or a text of a few bytes takes a hundred in memory: by
     * the number of bytes alone a server could make the client keep thirty times as many.
     */
    static final int MAX_TOKENS = 10_000_000;

    private JsonReading() {}

    static @Nullable Object read(byte[] utf8) {
        Object value = JsonAtSight.read(utf8);
        return value == JsonTokens.UNKNOWN ? JsonParsing.read(utf8, false) : value;
    }

    /** The same, but what a double does not hold to the last digit is a BigDecimal. Takes longer. */
    static @Nullable Object readExactly(byte[] utf8) {
        return JsonParsing.read(utf8, true);
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
