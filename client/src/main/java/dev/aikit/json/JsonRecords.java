package dev.aikit.json;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From plain values to records, beans and what they hold. Null and absence are the same, except in a bean that need not be
 * complete. What is there has to fit, because a wrong value in the place of another would go unnoticed.
 */
final class JsonRecords {
    /** What is not there is null, empty or zero; in a bean, what its constructor made of it. */
    static final JsonRecords LENIENT = new JsonRecords(false);

    /** What is not there is an error, unless null is among the values of its type. */
    static final JsonRecords COMPLETE = new JsonRecords(true);

    private final boolean complete;

    private JsonRecords(boolean complete) {
        this.complete = complete;
    }

    @Nullable
    Object value(@Nullable Object plain, JsonShape shape, String where) {
        Class<?> wanted = shape.raw();
        if (wanted == Json.class) return Json.of(plain);
        if (wanted == Optional.class)
            return plain == null ? Optional.empty() : Optional.ofNullable(value(plain, shape.argument(0), where));
        if (plain == null) return nothing(shape, where);
        if (wanted == Object.class) return plain;
        if (plain instanceof List<?> list) {
            if (wanted.isAssignableFrom(List.class)) return elements(list, shape.argument(0), where);
            if (wanted == Set.class)
                return Collections.unmodifiableSet(new LinkedHashSet<>(elements(list, shape.argument(0), where)));
            if (wanted.isArray()) return array(list, shape, where);
        }
        if (plain instanceof Map<?, ?> map) {
            if (wanted == Map.class) return fields(map, shape, where);
            if (wanted.isRecord()) return made(map, shape, where);
            if (wanted.isSealed()) return variant(map, wanted, where);
        }
        if (isScalar(plain) && wanted.isInstance(plain)) return plain;
        if (wanted.isEnum()) return constant(plain, wanted, where);
        if (JsonScalars.knows(wanted)) return scalar(plain, wanted, where);
        boolean ours = wanted.isRecord() || wanted.isSealed() || wanted.isArray();
        if (ours || wanted == Set.class || wanted == Map.class || wanted.isAssignableFrom(List.class))
            throw misfit(plain, wanted, where);
        String flaw = JsonBeans.flaw(wanted);
        if (flaw != null) throw new JsonException("the JSON does not fit " + place(where, wanted) + ": " + flaw);
        if (plain instanceof Map<?, ?> map) return JsonBeans.made(map, wanted, this, where);
        throw misfit(plain, wanted, where);
    }

    /** Whether a bean is given that property. Of an answer it takes nothing else than its schema asks for: others write it. */
    boolean takes(JsonProperty property, Map<?, ?> fields) {
        return complete ? property.inSchema() : fields.containsKey(property.name());
    }

    private @Nullable Object nothing(JsonShape shape, String where) {
        Class<?> wanted = shape.raw();
        if (complete && !shape.nullable())
            throw new JsonException("the JSON does not fit " + place(where, wanted) + ": " + wanted.getSimpleName()
                    + " expected, but it is missing");
        return wanted.isPrimitive() ? Array.get(Array.newInstance(wanted, 1), 0) : null;
    }

    private Object made(Map<?, ?> fields, JsonShape shape, String where) {
        Class<?> type = shape.raw();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            values[i] = value(fields.get(name), shape.component(components[i]), field(where, name));
        }
        return JsonReflection.instance(type, values, place(where, type));
    }

    private Object variant(Map<?, ?> fields, Class<?> type, String where) {
        Class<?> chosen = JsonVariants.of(type, fields.keySet());
        if (chosen == null)
            throw misfit(fields, where, type, type.getSimpleName(), "; " + JsonVariants.described(type));
        return made(fields, JsonShape.of(chosen), where);
    }

    private Map<Object, @Nullable Object> fields(Map<?, ?> map, JsonShape shape, String where) {
        Class<?> keys = shape.argument(0).raw();
        if (!keys.isEnum() && !keys.isAssignableFrom(String.class)) throw misfit(map, Map.class, where);
        Map<Object, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, field) -> {
            String place = field(where, "" + name);
            Object key = keys.isEnum() ? constant(name, keys, place) : name;
            values.put(key, value(field, shape.argument(1), place));
        });
        return Collections.unmodifiableMap(values);
    }

    private List<@Nullable Object> elements(List<?> list, JsonShape type, String where) {
        List<@Nullable Object> values = new ArrayList<>(list.size());
        for (Object element : list) values.add(value(element, type, where + "[" + values.size() + "]"));
        return Collections.unmodifiableList(values);
    }

    private Object array(List<?> list, JsonShape shape, String where) {
        Object array = Array.newInstance(shape.raw().getComponentType(), list.size());
        for (int i = 0; i < list.size(); i++)
            Array.set(array, i, value(list.get(i), shape.argument(0), where + "[" + i + "]"));
        return array;
    }

    private static Object constant(Object plain, Class<?> type, String where) {
        for (Object constant : type.getEnumConstants())
            if (plain.equals(constant.toString()) || plain.equals(((Enum<?>) constant).name())) return constant;
        throw misfit(plain, type, where);
    }

    private static Object scalar(Object plain, Class<?> type, String where) {
        try {
            Object made = isScalar(plain) ? JsonScalars.of(plain, type) : null;
            if (made != null) return made;
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException doesNotFit) {
            // said below, as for any other value that does not fit
        }
        throw misfit(plain, type, where);
    }

    private static boolean isScalar(Object plain) {
        return !(plain instanceof Map || plain instanceof List);
    }

    static String field(String where, String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    static String place(String where, Class<?> type) {
        return where.isEmpty() ? type.getSimpleName() : where;
    }

    private static JsonException misfit(Object plain, Class<?> type, String where) {
        String kind = type.isEnum() ? "one of " + List.of(type.getEnumConstants()) : type.getSimpleName();
        return misfit(plain, where, type, kind, "");
    }

    private static JsonException misfit(Object plain, String where, Class<?> type, String kind, String more) {
        return new JsonException("the JSON does not fit " + place(where, type) + ": " + kind + " expected, not "
                + cut(Json.of(plain).toString()) + more);
    }

    /** The beginning of what may be as long as an answer. */
    static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
