package dev.aikit.schema.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes out of a schema what the generator adds and OpenAI's strict mode refuses. */
final class Tidying {
    private Tidying() {}

    static void tidy(JsonNode node) {
        node.forEach(Tidying::tidy);
        if (!(node instanceof ObjectNode schema)) return;
        if (schema.has("anyOf") && !schema.has("type")) schema.remove("additionalProperties");
        JsonNode reference = schema.get("$ref");
        boolean alone = schema.size() == 1 || schema.has("$defs");
        if (reference == null || !reference.isTextual() || alone) return;
        schema.remove("$ref"); // nothing may stand beside it, not even the description of the field that refers
        schema.putArray("anyOf").addObject().set("$ref", reference);
    }
}
