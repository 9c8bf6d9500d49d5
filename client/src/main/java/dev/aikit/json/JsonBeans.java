package dev.aikit.json;

import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects with bean properties: made of plain values, and taken apart again. */
final class JsonBeans {
    private JsonBeans() {}

    /** Why no JSON can be read as an object of that class; null if some can. */
    static @Nullable String flaw(Class<?> type) {
        if (isOfJava(type))
            return type.getName() + " is not among the types that are read from JSON: use a record, a List,"
                    + " a Set, a Map, a text, a number or a boolean";
        if (Modifier.isAbstract(type.getModifiers()))
            return type.getName() + " may be anything that implements it: a record or a sealed interface expected";
        try {
            type.getDeclaredConstructor();
            return null;
        } catch (NoSuchMethodException missing) {
            return type.getName() + " has no constructor without parameters";
        }
    }

    /** Java's own objects have getters too, but none that are meant for JSON. */
    static boolean isOfJava(Class<?> type) {
        return type.getName().startsWith("java.") || type.getClassLoader() == null;
    }

    /** Where not everything has to be there, what is absent keeps the value that the bean gave it. */
    static Object made(Map<?, ?> fields, Class<?> type, JsonRecords reading, String where) {
        Object bean = JsonReflection.instance(type, new Object[0], JsonRecords.place(where, type));
        for (JsonProperty each : JsonProperty.of(type)) {
            Member setter = each.setter();
            if (setter == null || !reading.takes(each, fields)) continue;
            String place = JsonRecords.field(where, each.name());
            JsonReflection.set(bean, setter, reading.value(fields.get(each.name()), each.shape(), place), place);
        }
        return bean;
    }

    static Map<String, @Nullable Object> properties(Object bean) {
        Class<?> type = bean.getClass();
        if (isOfJava(type))
            throw new JsonException("cannot write a " + type.getName()
                    + " as JSON: pass a record, a map, a list, a text, a number or a boolean");
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (JsonProperty each : JsonProperty.of(type)) {
            Member getter = each.getter();
            if (getter != null) properties.put(each.name(), JsonReflection.got(bean, each.name(), getter));
        }
        return properties;
    }
}
