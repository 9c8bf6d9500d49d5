package dev.aikit.local.internal.gguf;

import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tools as a chat template is given them. The native library makes grammars of their schemas on the way, although nobody wants
 * them, and ends the whole program if it does not understand one. So the model is told what is safe: types, properties,
 * descriptions and choices; other keywords are left out.
 */
final class Described {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final String DEFINITIONS = "$defs";
    private static final int DEEPEST = 64;

    private final Json root;

    private Described(Json root) {
        this.root = root;
    }

    /** A tool in OpenAI's form. Without a description, too, the library would end the program. */
    static Json tool(Json tool) {
        Json function = tool.get("function");
        Map<String, Object> complete = new LinkedHashMap<>();
        complete.put("name", function.get("name").asText());
        complete.put("description", function.get("description").asText());
        complete.put("parameters", new Described(function.get("parameters")).parameters());
        return Json.of(Map.of("type", "function", "function", complete));
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = schema(root, 0);
        parameters.putIfAbsent("type", "object");
        Json definitions = root.get(DEFINITIONS);
        if (definitions.isObject()) parameters.put(DEFINITIONS, schemas(definitions, 0));
        return parameters;
    }

    private Map<String, Object> schemas(Json named, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        named.fields().forEach((name, schema) -> copy.put(name, schema(schema, depth + 1)));
        return copy;
    }

    private Map<String, Object> schema(Json schema, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (depth > DEEPEST || !addKind(schema, copy, depth)) return new LinkedHashMap<>();
        if (schema.get("description").isString()) copy.put("description", schema.get("description"));
        return copy;
    }

    /** Whether there is something that the library knows a schema by; anything beside it would do harm otherwise. */
    private boolean addKind(Json schema, Map<String, Object> copy, int depth) {
        String reference = schema.get("$ref").asText();
        if (isKnown(reference)) {
            copy.put("$ref", reference);
            return true;
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.get(choice).size() == 0 || !schema.get(choice).isArray()) continue;
            copy.put("anyOf", schema.get(choice).map(each -> schema(each, depth + 1)));
            return true;
        }
        Json type = schema.get("type");
        boolean typed = type.isArray() && type.size() > 0
                ? type.items().stream().allMatch(each -> TYPES.contains(each.asText()))
                : TYPES.contains(type.asText());
        boolean several = schema.get("enum").isArray() && schema.get("enum").size() > 0;
        if (typed) copy.put("type", type);
        if (several) copy.put("enum", schema.get("enum"));
        if (schema.get("properties").isObject()) {
            copy.put("properties", schemas(schema.get("properties"), depth));
            copy.put("required", schema.get("required").items());
        }
        if (schema.get("items").isObject()) copy.put("items", schema(schema.get("items"), depth + 1));
        return typed || several || copy.containsKey("properties");
    }

    private boolean isKnown(String reference) {
        String prefix = "#/" + DEFINITIONS + "/";
        if (!reference.startsWith(prefix)) return false;
        String name = reference.substring(prefix.length());
        return !name.contains("/") && root.get(DEFINITIONS).get(name).isObject();
    }
}
