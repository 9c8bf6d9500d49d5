package dev.aikit.schema.internal;

import dev.aikit.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What OpenAI's strict mode demands of a schema. */
final class StrictRules {
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "anyOf",
            "$ref",
            "$defs",
            "description",
            "title",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "minItems",
            "maxItems");

    private StrictRules() {}

    /** @throws IllegalArgumentException naming the place in the type that strict mode has no schema for */
    static void require(Json schema, String name) {
        if (!schema.get("type").asText().equals("object"))
            throw new IllegalArgumentException(
                    name + ": a record or a class expected, because strict mode wants an object, not " + schema);
        check(schema, name);
        schema.get("$defs").fields().forEach((type, definition) -> check(definition, type));
    }

    private static void check(Json schema, String where) {
        Set<String> unknown = schema.fields().keySet().stream()
                .filter(keyword -> !KEYWORDS.contains(keyword))
                .collect(Collectors.toSet());
        if (!unknown.isEmpty())
            throw new IllegalArgumentException(where + ": strict mode does not know " + unknown + " in " + schema);
        if (!schema.get("type").isPresent()
                && !schema.get("anyOf").isArray()
                && !schema.get("$ref").isPresent())
            throw new IllegalArgumentException(where + ": strict mode wants a type; any JSON has no place in it");
        if (schema.get("type").asText().equals("object")) object(schema, where);
        for (Json variant : schema.get("anyOf").items()) check(variant, where);
        if (schema.get("items").isPresent()) check(schema.get("items"), where + "[]");
    }

    private static void object(Json schema, String where) {
        if (schema.get("additionalProperties").asBoolean(true))
            throw new IllegalArgumentException(
                    where
                            + ": strict mode has no maps; use a list of records with a component for the key, or do without strict");
        Map<String, Json> properties = schema.get("properties").fields();
        properties.forEach((name, property) -> check(property, where.isEmpty() ? name : where + "." + name));
        Set<String> required =
                schema.get("required").items().stream().map(Json::asText).collect(Collectors.toSet());
        if (!required.equals(properties.keySet()))
            throw new IllegalStateException(where + ": a defect: required are " + required + " in " + schema);
    }
}
