package dev.aikit.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes objects with bean properties: fields that are public, or that have a public setter. */
final class JsonBeans {
    private JsonBeans() {}

    static Object made(Map<?, ?> fields, Class<?> type, JsonRecords reading, String where) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass())
                for (Field field : each.getDeclaredFields()) set(bean, field, fields, reading, where);
            return bean;
        } catch (JsonException misfit) {
            throw misfit;
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            throw JsonRecords.refusal(type.getName() + " refuses the JSON: ", cause);
        } catch (ReflectiveOperationException | RuntimeException error) {
            throw new JsonException("cannot make a " + type.getName() + ": " + JsonType.remedy(type), error);
        }
    }

    private static void set(Object bean, Field field, Map<?, ?> fields, JsonRecords reading, String where)
            throws ReflectiveOperationException {
        Method setter = setter(field);
        if (setter == null && !isOpen(field)) return;
        String name = field.getName();
        String place = where.isEmpty() ? name : where + "." + name;
        Object value = reading.value(fields.get(name), JsonShape.of(field, field.getAnnotatedType()), place);
        if (setter != null) {
            setter.setAccessible(true);
            setter.invoke(bean, value);
        } else {
            field.setAccessible(true);
            field.set(bean, value);
        }
    }

    static boolean isProperty(Field field) {
        return setter(field) != null || isOpen(field);
    }

    private static boolean isOpen(Field field) {
        int modifiers = field.getModifiers();
        return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers);
    }

    private static @Nullable Method setter(Field field) {
        String name = "set" + Character.toUpperCase(field.getName().charAt(0))
                + field.getName().substring(1);
        try {
            Method setter = field.getDeclaringClass().getMethod(name, field.getType());
            return Modifier.isStatic(setter.getModifiers()) ? null : setter;
        } catch (NoSuchMethodException noProperty) {
            return null;
        }
    }
}
