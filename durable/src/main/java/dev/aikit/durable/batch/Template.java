package dev.aikit.durable.batch;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text, or a body in JSON, with places such as {@code {{name}}} for the columns of a row. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

    private final String text;
    private final @Nullable Json body;

    private Template(String text, @Nullable Json body) {
        this.text = text;
        this.body = body;
    }

    /**
     * From a text: a JSON object is a whole body, anything else what a user says.
     *
     * @throws IllegalArgumentException if it has no place for a column
     */
    static Template of(String text) {
        if (!PLACE.matcher(text).find())
            throw new IllegalArgumentException("template: a text with at least one place such as {{name}} expected");
        return new Template(text, body(text));
    }

    private static @Nullable Json body(String text) {
        if (!text.strip().startsWith("{") || text.strip().startsWith("{{")) return null;
        try {
            Json json = Json.parse(text);
            return json.isObject() ? json : null;
        } catch (JsonException justText) {
            return null;
        }
    }

    boolean isBody() {
        return body != null;
    }

    /** The columns that it wants. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        Matcher places = PLACE.matcher(text);
        while (places.find()) columns.add(places.group(1));
        return columns;
    }

    /** The body of a request for one row. */
    Json fill(Map<String, String> row, @Nullable String model) {
        Json filled = body == null
                ? Json.missing().with("messages", List.of(Map.of("role", "user", "content", fill(text, row))))
                : Json.of(fill(body.toJava(), row));
        return model == null ? filled : filled.with("model", model);
    }

    private static String fill(String text, Map<String, String> row) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(String.valueOf(row.get(place.group(1)))));
    }

    private static @Nullable Object fill(@Nullable Object value, Map<String, String> row) {
        if (value instanceof String string) return fill(string, row);
        if (value instanceof List<?> list) {
            List<@Nullable Object> filled = new ArrayList<>();
            for (Object each : list) filled.add(fill(each, row));
            return filled;
        }
        if (!(value instanceof Map<?, ?> map)) return value;
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((name, each) -> filled.put((String) name, fill(each, row)));
        return filled;
    }
}
