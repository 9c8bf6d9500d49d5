package dev.aikit.schema.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import dev.aikit.internal.QuietLogging;
import dev.aikit.json.Description;
import dev.aikit.json.Json;
import dev.aikit.json.JsonSchemaProvider;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/** Derives schemas with a generator of its own for each, because a generator is not made for several threads. */
public final class GeneratedSchemas implements JsonSchemaProvider {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static {
        QuietLogging.during(() -> generator(false).generateSchema(String.class));
    }

    /** Made by the service loader. */
    public GeneratedSchemas() {}

    @Override
    public Json schemaOf(Class<?> type, boolean strict) {
        return finished(generator(strict).generateSchema(type), strict, type.getSimpleName());
    }

    @Override
    public Json schemaOf(Map<String, Parameter> parameters, boolean strict) {
        SchemaBuilder builder = generator(strict).buildMultipleSchemaDefinitions();
        ObjectNode schema = MAPPER.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        parameters.forEach((name, parameter) -> {
            boolean nullable = JsonSchemaProvider.isNullable(parameter, parameter.getAnnotatedType());
            properties.set(name, property(builder, parameter, nullable));
            if (strict || !nullable) required.add(name);
        });
        schema.put("additionalProperties", false);
        ObjectNode definitions = builder.collectDefinitions("$defs");
        if (!definitions.isEmpty()) schema.set("$defs", definitions);
        return finished(schema, strict, "");
    }

    private static ObjectNode property(SchemaBuilder builder, Parameter parameter, boolean nullable) {
        ObjectNode property = builder.createSchemaReference(unwrapped(parameter.getParameterizedType()));
        if (nullable) {
            ObjectNode either = MAPPER.createObjectNode();
            either.putArray("anyOf").add(property).addObject().put("type", "null");
            property = either;
        }
        Description description = parameter.getAnnotation(Description.class);
        if (description != null) property.put("description", description.value());
        return property;
    }

    private static Type unwrapped(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    private static SchemaGenerator generator(boolean strict) {
        return new SchemaGenerator(Configuration.of(MAPPER, strict));
    }

    private static Json finished(ObjectNode schema, boolean strict, String name) {
        Tidying.tidy(schema);
        Json finished = Json.parse(schema.toString());
        if (strict) StrictRules.require(finished, name);
        return finished;
    }
}
