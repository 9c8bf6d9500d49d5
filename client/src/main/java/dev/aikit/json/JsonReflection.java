package dev.aikit.json;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls what is not ours: constructors, setters and getters. Says what they refused, and what to do if they are not open. */
final class JsonReflection {
    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            try {
                Constructor<?> found = constructor(type);
                found.setAccessible(true);
                return found;
            } catch (NoSuchMethodException missing) {
                throw new IllegalArgumentException(missing);
            }
        }
    };

    private JsonReflection() {}

    /** What makes a record of all its components, or a bean of nothing. */
    static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        if (!type.isRecord()) return type.getDeclaredConstructor();
        return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
    }

    static Object instance(Class<?> type, @Nullable Object[] values, String place) {
        try {
            return CONSTRUCTORS.get(type).newInstance(values);
        } catch (InvocationTargetException refused) {
            throw refusal(place + ": " + type.getName() + " refuses it: ", refused.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            throw failure("make a " + type.getName(), place, type, error);
        }
    }

    static void set(Object bean, Member to, @Nullable Object value, String place) {
        try {
            ((AccessibleObject) to).setAccessible(true);
            if (to instanceof Method setter) setter.invoke(bean, value);
            else ((Field) to).set(bean, value);
        } catch (InvocationTargetException refused) {
            throw refusal(place + ": " + bean.getClass().getName() + " refuses it: ", refused.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            Class<?> type = to.getDeclaringClass();
            throw failure("set " + place + " of " + type.getName(), place, type, error);
        }
    }

    /** What a record or a bean has under that name. */
    static @Nullable Object got(Object owner, String name, Member from) {
        try {
            ((AccessibleObject) from).setAccessible(true);
            return from instanceof Method getter ? getter.invoke(owner) : ((Field) from).get(owner);
        } catch (InvocationTargetException thrown) {
            throw refusal(unread(owner, name), thrown.getCause());
        } catch (ReflectiveOperationException | RuntimeException error) {
            String remedy = remedy(from.getDeclaringClass()) + ", or pass a map";
            throw new JsonException(unread(owner, name) + remedy, error);
        }
    }

    private static String unread(Object owner, String name) {
        return "cannot read " + name + " of " + owner.getClass().getName() + ": ";
    }

    /** Says what was thrown by code that is not ours, whose exceptions may themselves throw when they are asked. */
    private static JsonException refusal(String what, Throwable thrown) {
        try {
            return new JsonException(what + thrown, thrown);
        } catch (Throwable unspeakable) {
            return new JsonException(what + thrown.getClass().getName()); // as a cause it would harm who prints it
        }
    }

    /** If it is not the access, it is the value: of one whose type is a wildcard, nothing was known before. */
    private static JsonException failure(String what, String place, Class<?> type, Exception error) {
        boolean isClosed = error instanceof IllegalAccessException || error instanceof InaccessibleObjectException;
        return isClosed
                ? new JsonException("cannot " + what + ": " + remedy(type), error)
                : new JsonException("the JSON does not fit " + place + ": " + error.getMessage(), error);
    }

    /** What to do where reflection is refused. */
    static String remedy(Class<?> type) {
        Module module = type.getModule();
        return module.isNamed()
                ? "open its package to dev.aikit: add \"opens " + type.getPackageName()
                        + " to dev.aikit;\" to the module-info.java of " + module.getName()
                : "its constructor is not accessible";
    }
}
