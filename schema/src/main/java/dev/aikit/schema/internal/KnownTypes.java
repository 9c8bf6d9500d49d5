package dev.aikit.schema.internal;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import dev.aikit.json.Json;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The classes of the JDK that the client reads; any other would become a schema of its private parts. */
final class KnownTypes {
    /** With the formats among those that OpenAI's strict mode knows; "" for none. */
    private static final Map<Class<?>, String> TEXTS = Map.of(
            LocalDate.class, "date",
            Instant.class, "date-time",
            OffsetDateTime.class, "date-time",
            Duration.class, "duration",
            UUID.class, "uuid",
            LocalTime.class, "",
            LocalDateTime.class, "",
            URI.class, "");

    /** For the model, where no format says it. */
    private static final Map<Class<?>, String> EXAMPLES = Map.of(
            LocalTime.class, "a time such as 14:30:00",
            LocalDateTime.class, "a date and time such as 2026-11-22T14:30:00",
            URI.class, "a URI");

    private static final Set<Class<?>> OTHERS = Set.of(
            String.class,
            CharSequence.class,
            Character.class,
            Boolean.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            List.class,
            Set.class,
            Collection.class,
            Iterable.class,
            Map.class);

    private KnownTypes() {}

    static @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
        Class<?> raw = type.getErasedType();
        if (raw == Object.class || raw == Json.class) return inline(schema(context));
        if (raw == byte.class || raw == Byte.class) // to the generator a text in base64, to the client a number
        return inline(schema(context).put("type", "integer"));
        if (raw == Optional.class) return inline(optional(type, context)); // those within lists and maps
        if (raw == Map.class) requireKeys(type);
        String format = TEXTS.get(raw);
        if (format != null) return inline(text(schema(context), format, EXAMPLES.get(raw)));
        if (raw.isPrimitive() || raw.isArray() || raw.isEnum() || raw.isRecord() || OTHERS.contains(raw)) return null;
        if (raw.getName().startsWith("java.")
                || Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw))
            throw new IllegalArgumentException(raw.getName() + " is not among the types that are read from JSON: use a"
                    + " record, a List, a Set, a Map, a text, a number or a boolean");
        if (Modifier.isAbstract(raw.getModifiers()) && !raw.isSealed())
            throw new IllegalArgumentException(
                    raw.getName() + " may be anything that implements it: a record or a sealed interface expected");
        return null;
    }

    private static void requireKeys(ResolvedType map) {
        if (map.getTypeParameters().isEmpty()) return;
        Class<?> key = map.getTypeParameters().get(0).getErasedType();
        if (!key.isAssignableFrom(String.class) && !key.isEnum())
            throw new IllegalArgumentException(
                    "the keys of a map are texts, or constants of an enum, not " + key.getName());
    }

    private static ObjectNode schema(SchemaGenerationContext context) {
        return context.getGeneratorConfig().createObjectNode();
    }

    private static ObjectNode optional(ResolvedType type, SchemaGenerationContext context) {
        ObjectNode either = schema(context);
        either.putArray("anyOf")
                .add(schema(context).put("type", "null"))
                .add(context.createDefinitionReference(type.getTypeParameters().get(0)));
        return either;
    }

    private static ObjectNode text(ObjectNode schema, String format, @Nullable String example) {
        schema.put("type", "string");
        if (!format.isEmpty()) schema.put("format", format);
        if (example != null) schema.put("description", example);
        return schema;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }
}
