package dev.aikit.local.internal.gguf;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that the native library can make grammars of. What it does not understand it ignores, so that answers would not
 * follow the schema, or it ends the whole program. Here such a schema is refused, and the keyword named.
 */
final class Schemas {
    private static final Set<String> NOTES = Set.of(
            "$comment",
            "$defs",
            "$id",
            "$schema",
            "default",
            "definitions",
            "deprecated",
            "description",
            "examples",
            "readOnly",
            "title",
            "writeOnly");
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> FORMATS = Set.of("date", "time", "date-time", "uuid");
    private static final Set<String> ALONE = Set.of("$ref", "anyOf", "oneOf", "allOf", "const", "enum");
    private static final Map<String, Set<String>> KEYWORDS = Map.of(
            "object", Set.of("properties", "required", "additionalProperties"),
            "array", Set.of("items", "minItems", "maxItems"),
            "string", Set.of("minLength", "maxLength", "format"),
            "integer", Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"));
    private static final List<String> DEFINITIONS = List.of("$defs", "definitions");
    private static final int DEEPEST = 64;
    private static final int MOST_REPEATS = 2000;

    /** The library's name of any value. */
    private static final Map<String, Object> ANYTHING = Map.of("type", "value");

    private final Map<String, Object> definitions = new LinkedHashMap<>();
    private Map<String, String> names = Map.of();
    private Json root = Json.missing();
    private int count;

    /** A schema of one value. */
    static Json of(Json schema, String param) {
        Schemas schemas = new Schemas();
        // Definitions beside a reference are not looked at, so there must be none at the top.
        return schemas.withDefinitions(Map.of("anyOf", List.of(schemas.add(schema, param))));
    }

    /** A schema of a call of one of these tools, in OpenAI's form: an object with {@code name} and {@code arguments}. */
    static Json ofCall(List<Json> tools) {
        Schemas schemas = new Schemas();
        List<Map<String, Object>> calls = tools.stream()
                .map(tool -> {
                    Json function = tool.get("function");
                    String name = function.get("name").asText();
                    Map<String, Object> properties = new LinkedHashMap<>();
                    properties.put("name", Map.of("const", name));
                    properties.put("arguments", schemas.add(function.get("parameters"), "tools." + name));
                    return object(properties, List.of("name", "arguments"));
                })
                .toList();
        return schemas.withDefinitions(Map.of("anyOf", calls));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", required);
        object.put("additionalProperties", false);
        return object;
    }

    private Json withDefinitions(Map<String, Object> schema) {
        Map<String, Object> all = new LinkedHashMap<>(schema);
        if (!definitions.isEmpty()) all.put("$defs", definitions);
        return Json.of(all);
    }

    /**
     * Rules are named by the last part of a reference alone: each definition gets a name that no other has. One that only refers
     * to another is replaced by that, so that a circle is found.
     */
    private Map<String, Object> add(Json schema, String param) {
        root = schema;
        names = new LinkedHashMap<>();
        names.put("#", newName());
        for (String place : DEFINITIONS) {
            for (String name : schema.get(place).fields().keySet()) names.put("#/" + place + "/" + name, newName());
        }
        Map<String, Object> added = new LinkedHashMap<>();
        names.forEach((reference, name) -> {
            Json target = target(reference);
            if (!target.get("$ref").isString()) added.put(name, copy(target, param, 0));
        });
        definitions.putAll(added);
        return reference("#", param);
    }

    private Json target(String reference) {
        String[] parts = reference.split("/", 3);
        return parts.length == 3 ? root.get(parts[1]).get(parts[2]) : root;
    }

    private Map<String, Object> reference(String to, String param) {
        String last = to;
        for (int step = 0; step < DEEPEST && names.containsKey(last); step++) {
            Json further = target(last).get("$ref");
            if (!further.isString()) return Map.of("$ref", "#/$defs/" + names.get(last));
            last = further.asText();
        }
        throw bad(param + ".$ref", "must be '#', or name one of '$defs': '#/$defs/…'");
    }

    private String newName() {
        return "aikit-definition-" + count++;
    }

    private Map<String, Object> copy(Json schema, String param, int depth) {
        if (schema.isBoolean() && schema.asBoolean(false)) return ANYTHING;
        if (!schema.isObject() || depth > DEEPEST)
            throw bad(param, "must be a schema, of " + DEEPEST + " levels at most");
        Set<String> keys = new TreeSet<>(schema.fields().keySet());
        keys.removeAll(NOTES);
        if (schema.get("strict").isBoolean()) keys.remove("strict");
        for (String key : ALONE) {
            if (!keys.remove(key)) continue;
            // Of two keywords the library would look at one.
            if (key.equals("const") || key.equals("enum")) keys.remove("type");
            if (!keys.isEmpty())
                throw bad(param, "must not have '" + keys.iterator().next() + "' beside '" + key + "'");
            return alone(key, schema.get(key), param, depth);
        }
        if (schema.get("type").isArray()) {
            List<Map<String, Object>> kinds =
                    schema.get("type").map(type -> copy(schema.with("type", type), param, depth + 1));
            if (kinds.isEmpty()) throw bad(param + ".type", "must not be empty");
            return Map.of("anyOf", kinds);
        }
        return typed(schema, keys, param, depth);
    }

    private Map<String, Object> alone(String key, Json value, String param, int depth) {
        String place = param + "." + key;
        switch (key) {
            case "$ref" -> {
                return reference(value.asText(), param);
            }
            case "const" -> {
                return constant("const", value.toJava(), place);
            }
            case "enum" -> {
                if (value.size() == 0 || !value.isArray()) throw bad(place, "must be a list that is not empty");
                return constant("enum", value.toJava(), place);
            }
            default -> {
                if (value.size() == 0 || !value.isArray()) throw bad(place, "must be a list that is not empty");
                if (key.equals("allOf") && value.size() > 1) throw bad(place, "may have one schema only");
                return Map.of("anyOf", value.map(each -> copy(each, place, depth + 1)));
            }
        }
    }

    private static Map<String, Object> constant(String key, @Nullable Object value, String place) {
        literal(Json.of(value), place);
        Map<String, Object> constant = new LinkedHashMap<>();
        constant.put(key, value);
        return constant;
    }

    /** The library forgets to escape a backslash, and then ignores the whole grammar. */
    private static void literal(Json value, String place) {
        if (value.isString() && value.asText().chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
            throw bad(place, "must be without quotation marks, backslashes and control characters for local models");
        }
        value.items().forEach(item -> literal(item, place));
        value.fields().forEach((name, field) -> {
            literal(Json.of(name), place);
            literal(field, place);
        });
    }

    private Map<String, Object> typed(Json schema, Set<String> keys, String param, int depth) {
        String type = schema.get("type").asText();
        if (!schema.get("type").isPresent()) {
            if (keys.isEmpty()) return ANYTHING;
            type = keys.contains("properties") ? "object" : keys.contains("items") ? "array" : "";
        }
        if (!TYPES.contains(type))
            throw bad(
                    param + ".type",
                    "must be one of "
                            + String.join(", ", TYPES.stream().sorted().toList()));
        for (String key : keys) {
            if (key.equals("type") || KEYWORDS.getOrDefault(type, Set.of()).contains(key)) continue;
            if (!saysNothingOf(type, key)) throw bad(param + "." + key, "cannot be kept by local models: leave it out");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("type", type);
        switch (type) {
            case "object" -> object(schema, copy, param, depth);
            case "array" -> {
                if (schema.get("maxItems").asLong(1) == 0) return Map.of("const", List.of());
                array(schema, copy, param, depth);
            }
            case "string" -> string(schema, copy, param);
            case "integer" -> integer(schema, copy, param);
            default -> {}
        }
        return copy;
    }

    /** Keywords of other types say nothing of values of this one. */
    private static boolean saysNothingOf(String type, String key) {
        boolean ofOtherType = KEYWORDS.values().stream().anyMatch(keywords -> keywords.contains(key));
        return ofOtherType && !type.equals("number");
    }

    private void object(Json schema, Map<String, Object> copy, String param, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        schema.get("properties").fields().forEach((name, property) -> {
            literal(Json.of(name), param + "." + name);
            properties.put(name, copy(property, param + "." + name, depth + 1));
        });
        List<String> required = schema.get("required").map(Json::asText);
        for (String name : required) {
            if (!properties.containsKey(name))
                throw bad(param + ".required", "names '" + name + "', which is not in 'properties'");
        }
        Json more = schema.get("additionalProperties");
        if (properties.isEmpty()
                && (!more.isPresent() || more.asBoolean(false))
                && !schema.get("properties").isPresent()) return;
        copy.put("properties", properties);
        copy.put("required", required);
        // Others are allowed then, but need not come.
        copy.put(
                "additionalProperties",
                more.isObject() ? copy(more, param + ".additionalProperties", depth + 1) : false);
    }

    private void array(Json schema, Map<String, Object> copy, String param, int depth) {
        Json items = schema.get("items");
        copy.put("items", items.isPresent() ? copy(items, param + ".items", depth + 1) : ANYTHING);
        limits(schema, copy, "minItems", "maxItems", 0, MOST_REPEATS, param);
    }

    private static void string(Json schema, Map<String, Object> copy, String param) {
        limits(schema, copy, "minLength", "maxLength", 0, MOST_REPEATS, param);
        String format = schema.get("format").asText();
        if (FORMATS.contains(format)) copy.put("format", format);
    }

    private static void integer(Json schema, Map<String, Object> copy, String param) {
        Json closed = schema;
        if (schema.get("exclusiveMinimum").isPresent())
            closed = closed.with("minimum", next(schema, "exclusiveMinimum", 1, param));
        if (schema.get("exclusiveMaximum").isPresent())
            closed = closed.with("maximum", next(schema, "exclusiveMaximum", -1, param));
        limits(closed, copy, "minimum", "maximum", -Integer.MAX_VALUE, Integer.MAX_VALUE, param);
    }

    private static long next(Json schema, String key, int step, String param) {
        if (schema.get(key).toJava() instanceof Long limit && Math.abs(limit) < Integer.MAX_VALUE) return limit + step;
        throw bad(param + "." + key, "must be a whole number");
    }

    private static void limits(
            Json schema, Map<String, Object> copy, String least, String most, long from, long to, String param) {
        for (String key : List.of(least, most)) {
            Json limit = schema.get(key);
            if (!limit.isPresent()) continue;
            if (!(limit.toJava() instanceof Long number) || number < from || number > to) {
                throw bad(param + "." + key, "must be a whole number from " + from + " to " + to + " for local models");
            }
            copy.put(key, number);
        }
        if (copy.get(least) instanceof Long low && copy.get(most) instanceof Long high && low > high) {
            throw bad(param + "." + most, "must not be less than '" + least + "'");
        }
    }

    private static ApiError bad(String place, String what) {
        return ApiError.field(place, "'" + place + "' " + what + ".");
    }
}
