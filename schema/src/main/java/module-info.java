/** JSON schemas from Java types, for structured output and tools: adding it is all there is to do. */
module dev.aikit.schema {
    requires static org.jspecify;
    requires com.fasterxml.classmate;
    requires com.fasterxml.jackson.databind;
    requires com.github.victools.jsonschema.generator;
    requires dev.aikit;

    provides dev.aikit.json.JsonSchemaProvider with
            dev.aikit.schema.internal.GeneratedSchemas;
}
