package dev.aikit.embeddings;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.Vector;
import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any answer as embeddings: the vectors that it holds, each number of them, or an error. */
public final class EmbeddingsTarget {
    private static final OpenAIRequest REQUEST =
            new OpenAIRequest("embeddings.create", "POST", URI.create("http://127.0.0.1/v1/embeddings"), Set.of(), 0);

    private EmbeddingsTarget() {}

    /** The first byte chooses between an answer, a vector in base64, and text in the place of base64. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] % 3) {
            case 0 -> answer(rest);
            case 1 -> base64(rest);
            default -> text(new String(rest, StandardCharsets.ISO_8859_1));
        }
    }

    private static OpenAIEmbeddingsResult read(Json answer) {
        OpenAIEmbeddingsResult result =
                OpenAIEmbeddingsResult.read(new Outcome(REQUEST, null, answer, List.of(), List.of(), true));
        for (Vector vector : result.vectors()) check(vector.length() == vector.toArray().length, "two lengths");
        check(result.success() || result.errors().get(0).kind() == OpenAIError.Kind.MALFORMED, "" + result);
        check(!result.success() || !result.embeddings().isEmpty(), "a success without a vector");
        return result;
    }

    private static OpenAIEmbeddingsResult read(String embedding) {
        return read(Json.of(Map.of("data", List.of(Map.of("index", 0, "embedding", embedding)))));
    }

    private static void answer(byte[] utf8) {
        Json answer;
        try {
            answer = Json.parse(utf8);
        } catch (JsonException notAnAnswer) {
            return;
        }
        OpenAIEmbeddingsResult result = read(answer);
        if (result.success())
            check(result.embeddings().size() == answer.get("data").size(), "a vector was lost");
    }

    private static void base64(byte[] floats) {
        OpenAIEmbeddingsResult result = read(Base64.getEncoder().encodeToString(floats));
        check(result.success() == (floats.length % 4 == 0), "numbers of " + floats.length + " bytes: " + result);
        if (!result.success()) return;
        ByteBuffer back = ByteBuffer.allocate(floats.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : result.vector().toArray()) back.putInt(Float.floatToRawIntBits(number));
        check(Arrays.equals(back.array(), floats), "other numbers");
    }

    private static void text(String text) {
        OpenAIEmbeddingsResult result = read(text);
        boolean base64 = text.matches("[A-Za-z0-9+/]*={0,2}");
        check(base64 || !result.success(), "taken for base64: " + text);
        if (result.success()) check(result.vector().length() <= text.length() * 3 / 16, "too many numbers");
    }

    private static void check(boolean right, String wrong) {
        if (!right) throw new AssertionError(wrong);
    }
}
