package dev.aikit.json;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type where it is used: its class, what stands between its angle brackets (of an array, its elements), and whether null
 * is among its values.
 */
record JsonShape(Class<?> raw, List<JsonShape> arguments, boolean nullable) {
    private static final JsonShape ANYTHING = new JsonShape(Object.class, List.of(), true);

    static JsonShape of(Class<?> type) {
        return type.isArray()
                ? new JsonShape(type, List.of(of(type.getComponentType())), false)
                : new JsonShape(type, List.of(), false);
    }

    static JsonShape of(AnnotatedElement parameter, AnnotatedType type) {
        return of(parameter, type, null);
    }

    /** One of the components of this record. */
    JsonShape component(RecordComponent component) {
        return of(component, component.getAnnotatedType(), this);
    }

    JsonShape argument(int place) {
        return place < arguments.size() ? arguments.get(place) : ANYTHING;
    }

    private static JsonShape of(AnnotatedElement member, AnnotatedType type, @Nullable JsonShape owner) {
        boolean nullable = JsonSchemaProvider.isNullable(member, type);
        if (type instanceof AnnotatedParameterizedType generic) {
            List<JsonShape> arguments = Arrays.stream(generic.getAnnotatedActualTypeArguments())
                    .map(each -> of(each, each, owner))
                    .toList();
            return new JsonShape((Class<?>) ((ParameterizedType) type.getType()).getRawType(), arguments, nullable);
        }
        if (type instanceof AnnotatedArrayType array) {
            AnnotatedType each = array.getAnnotatedGenericComponentType();
            JsonShape element = of(each, each, owner);
            return new JsonShape(element.raw.arrayType(), List.of(element), nullable);
        }
        if (type instanceof AnnotatedTypeVariable variable) {
            JsonShape bound = bound(variable.getType(), owner);
            return nullable ? new JsonShape(bound.raw, bound.arguments, true) : bound;
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            AnnotatedType upper = wildcard.getAnnotatedUpperBounds()[0];
            return upper.getType() == Object.class ? ANYTHING : of(upper, upper, owner);
        }
        return new JsonShape((Class<?>) type.getType(), List.of(), nullable || type.getType() == Object.class);
    }

    private static JsonShape bound(Type variable, @Nullable JsonShape owner) {
        if (owner == null) return ANYTHING;
        TypeVariable<?>[] declared = owner.raw.getTypeParameters();
        for (int i = 0; i < declared.length; i++) if (declared[i].equals(variable)) return owner.argument(i);
        return ANYTHING;
    }
}
