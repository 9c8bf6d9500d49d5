package dev.aikit.secrets;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that objects of the library show of themselves: their texts, and those of all that their public methods lead to. */
final class Shown {
    private static final int DEEPEST = 9;

    /** They do something; or their purpose is to give back what the user has set. */
    private static final Set<String> NOT_ASKED = Set.of(
            "await",
            "cancel",
            "close",
            "orThrow",
            "all",
            "list",
            "nextPage",
            "download",
            "asBlob",
            "asPicture",
            "async",
            "hashCode",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "future",
            "apiKey",
            "customHeaders",
            "baseURL",
            "sslContext");

    private final List<String> texts = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What can be read there, each with the way to it. */
    static List<String> of(String name, Object root) {
        Shown shown = new Shown();
        shown.look(name, root, 0);
        return shown.texts;
    }

    private void look(String way, Object object, int depth) {
        if (object == null || depth > DEEPEST || !seen.add(object)) return;
        if (object instanceof byte[] bytes) {
            texts.add(way + ": " + new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            return;
        }
        texts.add(way + ": " + object);
        if (object instanceof Throwable thrown) texts.add(way + ": " + trace(thrown));
        if (object instanceof Optional<?> maybe) maybe.ifPresent(inner -> look(way, inner, depth + 1));
        if (object instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> look(way + ".key", key, depth + 1));
            map.forEach((key, value) -> look(way + "." + key, value, depth + 1));
        } else if (object instanceof Iterable<?> items && !(object instanceof java.nio.file.Path)) {
            items.forEach(item -> look(way + "[]", item, depth + 1));
        }
        if (!object.getClass().getName().startsWith("dev.aikit.")) return;
        for (Method method : object.getClass().getMethods()) {
            boolean asked = method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers())
                    && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                    && !NOT_ASKED.contains(method.getName());
            if (asked) look(way + "." + method.getName(), invoke(method, object), depth + 1);
        }
    }

    /** What it throws is shown to somebody too. */
    private static Object invoke(Method method, Object object) {
        try {
            return method.invoke(object);
        } catch (java.lang.reflect.InvocationTargetException thrown) {
            return thrown.getCause();
        } catch (IllegalAccessException error) {
            throw new AssertionError(error);
        }
    }

    /** With causes and what was suppressed. */
    static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
