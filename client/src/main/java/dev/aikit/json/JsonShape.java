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
    static final JsonShape ANYTHING = new JsonShape(Object.class, List.of(), true);

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

    /** What a member of this class has, or of one that it inherits from. */
    JsonShape member(AnnotatedElement member, AnnotatedType type, Class<?> declaring) {
        return of(member, type, inherited(declaring));
    }

    /** The superclass, with what this class puts between its angle brackets; null for an interface. */
    private @Nullable JsonShape inherited(Class<?> ancestor) {
        JsonShape each = this;
        while (each != null && each.raw != ancestor) {
            AnnotatedType next = each.raw.getAnnotatedSuperclass();
            each = next == null ? null : of(next, next, each);
        }
        return each;
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
        if (owner != null) {
            int place = Arrays.asList(owner.raw.getTypeParameters()).indexOf(variable);
            if (place >= 0 && place < owner.arguments.size()) return owner.arguments.get(place);
        }
        Class<?> most = erased(variable);
        return most == Object.class ? ANYTHING : of(most);
    }

    /** What the virtual machine takes for it; the whole of a bound may lead back to the variable. */
    private static Class<?> erased(Type type) {
        if (type instanceof TypeVariable<?> variable) return erased(variable.getBounds()[0]);
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }
}
