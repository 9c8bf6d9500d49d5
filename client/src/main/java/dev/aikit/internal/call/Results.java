package dev.aikit.internal.call;

import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResult;
import dev.aikit.json.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes results by their class, for calls whose function was called by another process. */
public final class Results {
    private Results() {}

    /**
     * That results of this class can be made.
     *
     * @throws IllegalArgumentException if not
     */
    public static void requireMakeable(Class<? extends OpenAIResult> type) {
        maker(type);
    }

    /** What a call came to, as the type of its function's result. */
    public static <R extends OpenAIResult> R of(Class<R> type, Outcome outcome) {
        try {
            Executable maker = maker(type);
            return type.cast(
                    maker instanceof Method read
                            ? read.invoke(null, outcome)
                            : ((Constructor<?>) maker).newInstance(outcome));
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(type + " cannot be made", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made", impossible);
        }
    }

    /** A static method {@code read} where there is one, for it is what the function uses; else the constructor. */
    private static Executable maker(Class<? extends OpenAIResult> type) {
        try {
            Executable maker = reading(type);
            if (maker == null) maker = type.getDeclaredConstructor(Outcome.class);
            if (Modifier.isAbstract(type.getModifiers())) throw new InstantiationException(type.getName());
            maker.setAccessible(true); // each is its package's own, in this module
            return maker;
        } catch (ReflectiveOperationException noneOfOurs) {
            throw new IllegalArgumentException(
                    "result: the result class of one of the kit's functions expected, such as OpenAIChatCompletionsResult,"
                            + " not " + type.getName(),
                    noneOfOurs);
        }
    }

    private static @Nullable Method reading(Class<?> type) {
        for (Method method : type.getDeclaredMethods())
            if (method.getName().equals("read")
                    && Modifier.isStatic(method.getModifiers())
                    && List.of(method.getParameterTypes()).equals(List.of(Outcome.class))) return method;
        return null;
    }

    /** Of a call that nobody has sent. */
    static Outcome nothingYet(String function) {
        OpenAIRequest request = new OpenAIRequest(function, "GET", URI.create("/"), Set.of(), 0);
        return new Outcome(request, null, Json.missing(), List.of(), List.of(), false);
    }
}
