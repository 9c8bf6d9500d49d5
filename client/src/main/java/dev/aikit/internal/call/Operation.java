package dev.aikit.internal.call;

import dev.aikit.OpenAIResult;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One use of one function, before it is sent.
 *
 * @param function the kit's name of the function
 * @param path below the base URL, beginning with a slash
 * @param body JSON in UTF-8; null for none
 * @param stream whether the answer is asked for in pieces
 * @param reader makes what reads the answer
 */
public record Operation<R extends OpenAIResult>(
        String function,
        String method,
        String path,
        byte @Nullable [] body,
        boolean stream,
        Supplier<? extends ResultReader<R>> reader) {

    /** A call whose answer comes in one piece. */
    public static <R extends OpenAIResult> Operation<R> of(
            String function, String method, String path, byte @Nullable [] body, ResultReader<R> reader) {
        return new Operation<>(function, method, path, body, false, () -> reader);
    }
}
