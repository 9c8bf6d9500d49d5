package dev.aikit.json;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a bean shows of itself under one name, by public methods or else by a public field.
 *
 * @param field the field of that name, whether it is public or not
 * @param getter the method or field that has the value; null if it is not shown
 * @param setter the method or field that takes the value; null if it is not taken
 */
record JsonProperty(
        String name,
        @Nullable Field field,
        @Nullable Member getter,
        @Nullable Member setter) {
    private static final ClassValue<Collection<JsonProperty>> KNOWN = new ClassValue<>() {
        @Override
        protected Collection<JsonProperty> computeValue(Class<?> type) {
            return new JsonPropertySearch(type).found();
        }
    };

    /** Those of a bean and of its superclasses, in the order of their names: Java tells none for methods. */
    static Collection<JsonProperty> of(Class<?> bean) {
        return KNOWN.get(bean);
    }

    /** What the setter takes. Annotations stand at the field, if there is one of that type. */
    JsonShape shape() {
        if (setter instanceof Method method && (field == null || field.getType() != method.getParameterTypes()[0])) {
            Parameter value = method.getParameters()[0];
            return JsonShape.of(value, value.getAnnotatedType());
        }
        Field declared = Objects.requireNonNull(field);
        return JsonShape.of(declared, declared.getAnnotatedType());
    }

    /** Whether a schema names it. Schemas are made of fields: those that are public, or that their own class can set. */
    boolean isInSchema() {
        if (field == null || setter == null) return false;
        if (JsonPropertySearch.isOpen(field)) return true;
        try {
            field.getDeclaringClass().getMethod(setter.getName(), field.getType());
            return true;
        } catch (NoSuchMethodException setElsewhere) {
            return false;
        }
    }
}
