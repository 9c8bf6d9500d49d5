package dev.aikit.json;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Derives JSON schemas from Java types. The client has none: it looks for one with {@link java.util.ServiceLoader}, and
 * finds that of the artifact {@code dev.aikit:aikit-schema}. Used from any thread.
 */
public interface JsonSchemaProvider {
    /**
     * The schema of what {@link JsonType#read} takes for that type.
     *
     * @param strict whether the schema keeps to what OpenAI's strict mode allows
     * @throws IllegalArgumentException if there is no such schema; the message names the place
     */
    Json schemaOf(Class<?> type, boolean strict);

    /** The same for an object with a field for each parameter of a method, under those names and in that order. */
    Json schemaOf(Map<String, Parameter> parameters, boolean strict);

    /** Whether null and absence are among the values: of an {@code Optional}, and of what any {@code @Nullable} marks. */
    static boolean isNullable(AnnotatedElement member, AnnotatedType type) {
        return type.getType() instanceof Class<?> raw && raw == Optional.class
                || type.getType() instanceof java.lang.reflect.ParameterizedType generic
                        && generic.getRawType() == Optional.class
                || Stream.of(member, type)
                        .flatMap(each -> Arrays.stream(each.getAnnotations()))
                        .anyMatch(one -> one.annotationType().getSimpleName().equals("Nullable"));
    }

    /** Whether a schema names that field: a component of a record, or what its class lets anyone set. */
    static boolean isNamed(Field field) {
        int modifiers = field.getModifiers();
        Class<?> owner = field.getDeclaringClass();
        if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers) || JsonBeans.isOfJava(owner)) return false;
        String name = field.getName();
        return owner.isRecord()
                || JsonPropertySearch.isOpen(field)
                || hasSetter(field, "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
                || hasSetter(field, "set" + name); // as for aName, which has setaName too
    }

    private static boolean hasSetter(Field field, String name) {
        try {
            return !Modifier.isStatic(
                    field.getDeclaringClass().getMethod(name, field.getType()).getModifiers());
        } catch (NoSuchMethodException missing) {
            return false;
        }
    }
}
