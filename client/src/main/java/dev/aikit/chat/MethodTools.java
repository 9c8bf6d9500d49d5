package dev.aikit.chat;

import dev.aikit.internal.Checks;
import dev.aikit.json.JsonType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes tools of methods. */
final class MethodTools {
    private MethodTools() {}

    static List<OpenAITool> all(Object owner) {
        List<OpenAITool> tools = new ArrayList<>();
        for (Method method : methods(owner)) if (method.isAnnotationPresent(Tool.class)) tools.add(tool(owner, method));
        if (tools.isEmpty())
            throw new IllegalArgumentException(type(owner).getName() + " has no method with @Tool"
                    + (owner instanceof Collection || owner instanceof Map
                            ? ": a collection or a map of OpenAITool expected"
                            : ""));
        Map<String, OpenAITool> named = new TreeMap<>();
        for (OpenAITool tool : tools)
            if (named.put(tool.name(), tool) != null)
                throw new IllegalArgumentException(type(owner).getName() + " has two tools named " + tool.name()
                        + ": give one of them another name, @Tool(value = \"…\", name = \"…\")");
        return List.copyOf(named.values());
    }

    static OpenAITool one(Object owner, String name) {
        Checks.text("method", name);
        List<Method> found = methods(owner).stream()
                .filter(method -> method.getName().equals(name))
                .toList();
        if (found.size() != 1)
            throw new IllegalArgumentException("method: one method named " + name + " expected in "
                    + type(owner).getName() + ", not " + found.size());
        return tool(owner, found.get(0));
    }

    private static Class<?> type(Object owner) {
        Objects.requireNonNull(owner, "owner");
        return owner instanceof Class<?> type ? type : owner.getClass();
    }

    /** Also those that are inherited and not public; of those that override each other, the one that would be called. */
    private static List<Method> methods(Object owner) {
        Map<String, Method> found = new TreeMap<>();
        for (Class<?> type = type(owner); type != null && type != Object.class; type = type.getSuperclass())
            collect(type, owner, found);
        for (Method method : type(owner).getMethods())
            if (method.getDeclaringClass().isInterface()) collect(method.getDeclaringClass(), owner, found);
        return found.values().stream()
                .filter(method -> !method.isBridge())
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private static void collect(Class<?> type, Object owner, Map<String, Method> found) {
        for (Method method : type.getDeclaredMethods())
            if (!method.isSynthetic() && (!(owner instanceof Class) || Modifier.isStatic(method.getModifiers())))
                found.putIfAbsent(key(method), method);
        for (Method method : type.getDeclaredMethods())
            if (method.isBridge() && overrides(method, type)) found.putIfAbsent(key(method), method);
    }

    private static String key(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    /** Whether it leads from a generic method to the one that overrides it, not to a method of a class that is hidden. */
    private static boolean overrides(Method bridge, Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(each -> !each.isBridge() && narrows(each, bridge))
                || inherited(type.getSuperclass())
                        .noneMatch(each -> !each.isBridge() && key(each).equals(key(bridge)));
    }

    private static boolean narrows(Method method, Method bridge) {
        Class<?>[] own = method.getParameterTypes();
        Class<?>[] general = bridge.getParameterTypes();
        if (!method.getName().equals(bridge.getName()) || own.length != general.length) return false;
        for (int i = 0; i < own.length; i++) if (!general[i].isAssignableFrom(own[i])) return false;
        return true;
    }

    private static Stream<Method> inherited(@Nullable Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()));
    }

    private static OpenAITool tool(Object owner, Method method) {
        Tool described = method.getAnnotation(Tool.class);
        if (described == null)
            throw new IllegalArgumentException(
                    name(method) + " has no description: add @Tool(\"what it does\") to the method");
        if (!method.trySetAccessible())
            throw new IllegalArgumentException(name(method) + " cannot be called: make it and its class public in an"
                    + " exported package, or add \"opens "
                    + method.getDeclaringClass().getPackageName() + " to dev.aikit;\" to the module-info.java of "
                    + method.getDeclaringClass().getModule().getName());
        JsonType<Object[]> arguments = JsonType.ofParameters(method, names(method, described));
        return OpenAITool.of(
                described.name().isEmpty() ? method.getName() : described.name(),
                described.value(),
                arguments,
                given -> call(owner, method, arguments.read(given)));
    }

    private static List<String> names(Method method, Tool described) {
        Parameter[] parameters = method.getParameters();
        List<String> named = List.of(described.parameters());
        if (!named.isEmpty() && named.size() != parameters.length)
            throw new IllegalArgumentException(
                    name(method) + " has " + parameters.length + " parameters, but its @Tool names " + named);
        if (Set.copyOf(named).size() != named.size())
            throw new IllegalArgumentException(
                    name(method) + ": its @Tool gives two parameters the same name: " + named);
        if (!named.isEmpty()) return named;
        for (Parameter parameter : parameters)
            if (!parameter.isNamePresent())
                throw new IllegalArgumentException(name(method) + ": the names of its parameters are not in the class"
                        + " file: compile it with javac -parameters, or name them, @Tool(value = \"…\", parameters ="
                        + " {\"…\"})");
        return Arrays.stream(parameters).map(Parameter::getName).toList();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static Object call(Object owner, Method method, Object[] arguments) throws Exception {
        try {
            Object answer = method.invoke(Modifier.isStatic(method.getModifiers()) ? null : owner, arguments);
            return method.getReturnType() == void.class ? "done" : answer;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) throw error;
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
    }
}
