package dev.aikit.internal.call;

import dev.aikit.OpenAIProgress;
import dev.aikit.internal.http.HttpBody;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is not JSON of a call: a body that is sent out of a source, an answer that is taken as it is.
 *
 * @param body what is sent; null if it is JSON, or nothing
 * @param contentType of that body
 * @param raw whether an answer may be anything
 * @param target where such an answer is saved; null if it is kept in memory
 * @param progress hears where the callbacks run how far it has come
 */
public record Transfer(
        HttpBody.@Nullable Source body,
        String contentType,
        boolean raw,
        @Nullable Path target,
        @Nullable Consumer<? super OpenAIProgress> progress) {

    static final Transfer NONE = new Transfer(null, "", false, null, null);

    /** Sends a body, and is answered by JSON. */
    public static Transfer upload(
            HttpBody.Source body, String contentType, @Nullable Consumer<? super OpenAIProgress> progress) {
        return new Transfer(body, contentType, false, null, progress);
    }

    /** Takes the answer as it is: into a file, or else into memory. */
    public static Transfer download(@Nullable Path target, @Nullable Consumer<? super OpenAIProgress> progress) {
        return new Transfer(null, "", true, target, progress);
    }
}
