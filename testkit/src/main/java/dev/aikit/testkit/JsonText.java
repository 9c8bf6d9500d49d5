package dev.aikit.testkit;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as maps, lists and plain values. */
final class JsonText {
    private JsonText() {}

    static String of(Object value) {
        try {
            return JSON.std.asString(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String pretty(Object value) throws IOException {
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(value) + "\n";
    }

    static Object parse(String text) throws IOException {
        return JSON.std.anyFrom(text);
    }

    static Map<String, Object> object(String text) throws IOException {
        return JSON.std.mapFrom(text);
    }
}
