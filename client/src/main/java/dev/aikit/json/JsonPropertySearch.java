package dev.aikit.json;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the properties of a class: of several methods for one, the nearest to the class. */
final class JsonPropertySearch {
    private final JsonShape bean;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, Method> getters = new TreeMap<>();
    private final Map<String, Method> setters = new TreeMap<>();

    JsonPropertySearch(Class<?> bean) {
        this.bean = JsonShape.of(bean);
        Set<Class<?>> lineage = lineage(bean); // what is found later takes the place of what was found before
        for (Class<?> each : lineage)
            for (Field field : each.getDeclaredFields())
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                    fields.put(field.getName(), field);
        for (Class<?> each : lineage) for (Method method : each.getDeclaredMethods()) getter(method);
        for (Class<?> each : lineage) for (Method method : each.getDeclaredMethods()) setter(method);
    }

    /** What is inherited before the heir, interfaces before classes. Java's own have setters that are not meant for JSON. */
    private static Set<Class<?>> lineage(Class<?> bean) {
        Deque<Class<?>> classes = new ArrayDeque<>();
        for (Class<?> each = bean; each != null && !JsonBeans.isOfJava(each); each = each.getSuperclass())
            classes.push(each);
        Set<Class<?>> lineage = new LinkedHashSet<>();
        for (Class<?> each : classes) addInterfaces(each, lineage);
        lineage.addAll(classes);
        return lineage;
    }

    private static void addInterfaces(Class<?> heir, Set<Class<?>> lineage) {
        for (Class<?> each : heir.getInterfaces()) {
            addInterfaces(each, lineage);
            if (!JsonBeans.isOfJava(each)) lineage.add(each);
        }
    }

    Collection<JsonProperty> found() {
        Set<String> names = new TreeSet<>(fields.keySet());
        names.addAll(getters.keySet());
        names.addAll(setters.keySet());
        return names.stream()
                .map(this::property)
                .filter(each -> each.getter() != null || each.setter() != null)
                .toList();
    }

    private JsonProperty property(String name) {
        Field field = fields.get(name);
        Member getter = getters.get(name);
        Member setter = setters.get(name);
        if (getter == null && field != null && Modifier.isPublic(field.getModifiers())) getter = field;
        if (setter == null && field != null && isOpen(field)) setter = field;
        return setter == null
                ? new JsonProperty(name, getter, null, JsonShape.ANYTHING, false)
                : new JsonProperty(
                        name, getter, setter, shape(field, setter), field != null && JsonSchemaProvider.isNamed(field));
    }

    /** Annotations stand at the field, if there is one of the type that the setter takes. */
    private JsonShape shape(@Nullable Field field, Member setter) {
        if (setter instanceof Method method && (field == null || field.getType() != method.getParameterTypes()[0])) {
            Parameter value = method.getParameters()[0];
            return bean.member(value, value.getAnnotatedType(), method.getDeclaringClass());
        }
        Field declared = Objects.requireNonNull(field);
        return bean.member(declared, declared.getAnnotatedType(), declared.getDeclaringClass());
    }

    /** Whether anyone may set it. */
    static boolean isOpen(Field field) {
        return Modifier.isPublic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers());
    }

    private void getter(Method method) {
        Class<?> type = method.getReturnType();
        if (!isShown(method) || method.getParameterCount() != 0 || type == void.class) return;
        String name = name(method, "get");
        if (name != null) getters.put(name, method);
        else if (type == boolean.class || type == Boolean.class) {
            name = name(method, "is");
            if (name != null && !isGet(getters.get(name))) getters.put(name, method);
        }
    }

    private static boolean isGet(@Nullable Method known) {
        return known != null && known.getName().startsWith("get");
    }

    private void setter(Method method) {
        String name = isShown(method) && method.getParameterCount() == 1 ? name(method, "set") : null;
        if (name == null) return;
        Method known = setters.get(name);
        if (known == null || known.getDeclaringClass() != method.getDeclaringClass() || fits(method, known, name))
            setters.put(name, method);
    }

    /** Whether it is the better of two in one class: by the type of the field, that of the getter, or any order at all. */
    private boolean fits(Method one, Method other, String name) {
        Field field = fields.get(name);
        Method getter = getters.get(name);
        Class<?> type = field != null ? field.getType() : getter != null ? getter.getReturnType() : null;
        List<Class<?>> both = List.of(one.getParameterTypes()[0], other.getParameterTypes()[0]);
        return both.contains(type)
                ? both.get(0) == type
                : both.get(0).getName().compareTo(both.get(1).getName()) < 0;
    }

    /** What an interface only promises is found in the class that keeps it. */
    private static boolean isShown(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers)
                && !Modifier.isStatic(modifiers)
                && !method.isSynthetic()
                && (method.isDefault() || !method.getDeclaringClass().isInterface());
    }

    /** The name after the prefix, with a small letter, unless it begins with several capitals. If there is a field, its name. */
    private @Nullable String name(Method method, String prefix) {
        String name = method.getName();
        if (!name.startsWith(prefix) || name.length() == prefix.length()) return null;
        String given = name.substring(prefix.length());
        String small = Character.toLowerCase(given.charAt(0)) + given.substring(1);
        boolean isAcronym = given.length() > 1 && Character.isUpperCase(given.charAt(1));
        return (isAcronym || fields.containsKey(given)) && !fields.containsKey(small) ? given : small;
    }
}
