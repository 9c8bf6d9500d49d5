package dev.aikit.internal.call;

import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResult;
import dev.aikit.json.Json;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Makes results by their class, for calls whose function was called by another process. */
public final class Results {
    private Results() {}

    /**
     * Whether results of this class can be made.
     *
     * @throws IllegalArgumentException if not
     */
    public static void requireMakeable(Class<? extends OpenAIResult> type) {
        constructor(type);
    }

    /** What a call came to, as the type of its function's result. */
    public static <R extends OpenAIResult> R of(Class<R> type, Outcome outcome) {
        try {
            return constructor(type).newInstance(outcome);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(type + " cannot be made", thrown.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type + " cannot be made", impossible);
        }
    }

    private static <R extends OpenAIResult> Constructor<R> constructor(Class<R> type) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(Outcome.class);
            constructor.setAccessible(true); // each is its package's own, in this module
            return constructor;
        } catch (ReflectiveOperationException noneOfOurs) {
            throw new IllegalArgumentException(
                    "result: the result class of one of the kit's functions expected, such as OpenAIChatCompletionsResult,"
                            + " not " + type.getName(),
                    noneOfOurs);
        }
    }

    /** Of a call that nobody has sent. */
    static Outcome nothingYet(String function) {
        OpenAIRequest request = new OpenAIRequest(function, "GET", URI.create("/"), Set.of(), 0);
        return new Outcome(request, null, Json.missing(), List.of(), List.of(), false);
    }
}
