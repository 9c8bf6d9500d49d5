package dev.aikit.testkit;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/** JSON as maps, lists and plain values. */
final class JsonText {
    /** What is nothing of JSON is refused, and not taken for a bean. */
    private static final JSON PLAIN = JSON.builder()
            .disable(JSON.Feature.HANDLE_JAVA_BEANS)
            .enable(JSON.Feature.FAIL_ON_UNKNOWN_TYPE_WRITE)
            .build();

    private JsonText() {}

    static String of(Object value) {
        try {
            return PLAIN.asString(value);
        } catch (IOException otherType) {
            throw new IllegalArgumentException(
                    "only maps, lists, texts, numbers, truth values and null make JSON: " + otherType.getMessage(),
                    otherType);
        }
    }

    static String pretty(Object value) throws IOException {
        return PLAIN.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(value) + "\n";
    }

    static Object parse(String text) throws IOException {
        return JSON.std.anyFrom(text);
    }

    static Map<String, Object> object(String text) throws IOException {
        return JSON.std.mapFrom(text);
    }
}
