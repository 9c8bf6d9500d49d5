package dev.aikit.images;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.internal.pictures.MediaTypes;
import dev.aikit.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a picture, from its download or without one.
 *
 * @param content null if it comes with the answer
 * @param refusal why there is none; null if there is
 */
record BlobReader(byte @Nullable [] content, @Nullable OpenAIError refusal) implements ResultReader<OpenAIBlobResult> {
    static BlobReader ofAnswer() {
        return new BlobReader(null, null);
    }

    static BlobReader of(byte[] content) {
        return new BlobReader(content, null);
    }

    static BlobReader refusing(String why) {
        return refusing(OpenAIError.of(OpenAIError.Kind.MALFORMED, why, null, null));
    }

    static BlobReader refusing(OpenAIError why) {
        return new BlobReader(null, why);
    }

    @Override
    public @Nullable OpenAIError flaw(@Nullable OpenAIResponse response, Json body) {
        if (refusal != null || response == null) return refusal;
        String flaw = flaw(response);
        return flaw == null ? null : OpenAIError.of(OpenAIError.Kind.MALFORMED, flaw, response, null);
    }

    /** A type that says nothing is no reason to refuse; one that says something else is, unless the bytes know better. */
    private static @Nullable String flaw(OpenAIResponse response) {
        byte[] bytes = response.body();
        if (bytes.length == 0) return "a picture expected, but the server sent nothing";
        String type = response.header("content-type").strip().toLowerCase(Locale.ROOT);
        boolean maybe = type.isEmpty() || type.startsWith("image/") || type.contains("octet-stream");
        return maybe || MediaTypes.of(bytes) != null
                ? null
                : "a picture expected, but the server sent " + type + " (" + bytes.length + " bytes)";
    }

    @Override
    public OpenAIBlobResult result(Outcome outcome) {
        return new OpenAIBlobResult(outcome, content);
    }
}
