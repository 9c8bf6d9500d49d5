package dev.aikit.json;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From plain values to records and what records hold. Null and absence are the same; what is there has to fit, because a
 * wrong value in the place of another would go unnoticed.
 */
final class JsonRecords {
    private JsonRecords() {}

    static @Nullable Object value(@Nullable Object plain, Type type, String where) {
        if (type instanceof ParameterizedType generic)
            return container(plain, (Class<?>) generic.getRawType(), generic.getActualTypeArguments(), where);
        if (!(type instanceof Class<?> wanted)) return plain; // a type variable: anything fits
        if (wanted == Json.class) return Json.of(plain);
        if (wanted == Optional.class || wanted == Set.class)
            return container(plain, wanted, new Type[] {Object.class, Object.class}, where);
        if (plain == null) return wanted.isPrimitive() ? Array.get(Array.newInstance(wanted, 1), 0) : null;
        if (wanted.isInstance(plain)) return plain;
        if (wanted.isRecord())
            return plain instanceof Map<?, ?> map ? made(map, wanted, where) : misfit(plain, wanted, where);
        if (wanted.isEnum()) return constant(plain, wanted, where);
        if (wanted.isArray()) return array(plain, wanted, where);
        return JsonScalars.knows(wanted) ? scalar(plain, wanted, where) : JsonReading.bean(Json.of(plain), wanted);
    }

    private static Object made(Map<?, ?> fields, Class<?> type, String where) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            arguments[i] = value(fields.get(name), components[i].getGenericType(), where + "." + name);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new JsonException(
                    where + ": " + type.getName() + " refuses it: " + refused.getCause(), refused.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            throw new JsonException("cannot make a " + type.getName() + ": open its package to dev.aikit", error);
        }
    }

    private static @Nullable Object container(@Nullable Object plain, Class<?> raw, Type[] of, String where) {
        if (raw == Optional.class) return Optional.ofNullable(value(plain, of[0], where));
        if (plain == null) return null;
        if (plain instanceof List<?> list && raw.isAssignableFrom(List.class)) return elements(list, of[0], where);
        if (plain instanceof List<?> list && raw == Set.class)
            return Collections.unmodifiableSet(new LinkedHashSet<>(elements(list, of[0], where)));
        if (plain instanceof Map<?, ?> map && raw == Map.class && of[0] == String.class) {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((name, field) -> values.put(name, value(field, of[1], where + "." + name)));
            return Collections.unmodifiableMap(values);
        }
        return raw.isRecord() || raw == Collection.class ? value(plain, raw, where) : misfit(plain, raw, where);
    }

    private static List<@Nullable Object> elements(List<?> list, Type type, String where) {
        List<@Nullable Object> values = new ArrayList<>(list.size());
        for (Object element : list) values.add(value(element, type, where + "[" + values.size() + "]"));
        return Collections.unmodifiableList(values);
    }

    private static Object array(Object plain, Class<?> type, String where) {
        if (!(plain instanceof List<?> list)) return misfit(plain, type, where);
        Object array = Array.newInstance(type.getComponentType(), list.size());
        for (int i = 0; i < list.size(); i++)
            Array.set(array, i, value(list.get(i), type.getComponentType(), where + "[" + i + "]"));
        return array;
    }

    private static Object constant(Object plain, Class<?> type, String where) {
        for (Object constant : type.getEnumConstants())
            if (constant.toString().equals(plain) || ((Enum<?>) constant).name().equals(plain)) return constant;
        return misfit(plain, type, where);
    }

    private static Object scalar(Object plain, Class<?> type, String where) {
        try {
            Object made = plain instanceof Map || plain instanceof List ? null : JsonScalars.of(plain, type);
            return made != null ? made : misfit(plain, type, where);
        } catch (ArithmeticException | NumberFormatException tooLargeOrNoNumber) {
            return misfit(plain, type, where);
        }
    }

    private static Object misfit(Object plain, Class<?> type, String where) {
        String text = Json.of(plain).toString();
        throw new JsonException("the JSON does not fit " + where + ": " + type.getSimpleName() + " expected, not "
                + (text.length() > 100 ? text.substring(0, 100) + "…" : text));
    }
}
