package dev.aikit.json;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
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
        Object bean = JsonRecords.instance(type, new Class<?>[0], new Object[0], where);
        for (JsonProperty each : JsonProperty.of(type)) {
            String name = each.name();
            Member setter = each.setter();
            if (setter == null || !fields.containsKey(name) && !reading.demands(each)) continue;
            String place = JsonRecords.field(where, name);
            set(bean, setter, reading.value(fields.get(name), each.shape(), place), place);
        }
        return bean;
    }

    private static void set(Object bean, Member to, @Nullable Object value, String place) {
        try {
            ((AccessibleObject) to).setAccessible(true);
            if (to instanceof Method setter) setter.invoke(bean, value);
            else ((Field) to).set(bean, value);
        } catch (InvocationTargetException refused) {
            throw JsonRecords.refusal(place + ": " + bean.getClass().getName() + " refuses it: ", refused.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            Class<?> type = to.getDeclaringClass();
            throw new JsonException(
                    "cannot set " + place + " of " + type.getName() + ": " + JsonType.remedy(type), error);
        }
    }

    static Map<String, @Nullable Object> properties(Object bean) {
        Class<?> type = bean.getClass();
        if (isOfJava(type))
            throw new JsonException("cannot write a " + type.getName()
                    + " as JSON: pass a record, a map, a list, a text, a number or a boolean");
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        for (JsonProperty each : JsonProperty.of(type))
            if (each.getter() != null) properties.put(each.name(), got(bean, each.name(), each.getter()));
        return properties;
    }

    /** What a record or a bean has under that name. */
    static @Nullable Object got(Object owner, String name, Member from) {
        String what = "cannot read " + name + " of " + owner.getClass().getName() + ": ";
        try {
            ((AccessibleObject) from).setAccessible(true);
            return from instanceof Method getter ? getter.invoke(owner) : ((Field) from).get(owner);
        } catch (InvocationTargetException thrown) {
            throw JsonRecords.refusal(what, thrown.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            throw new JsonException(what + JsonType.remedy(from.getDeclaringClass()) + ", or pass a map", error);
        }
    }
}
