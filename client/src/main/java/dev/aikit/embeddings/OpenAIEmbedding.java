package dev.aikit.embeddings;

import dev.aikit.Vector;
import dev.aikit.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The vector of one text.
 *
 * @param index the place of the text among the inputs, from 0
 * @param embedding the vector
 * @param object "embedding"
 */
public record OpenAIEmbedding(int index, Vector embedding, String object) {
    static OpenAIEmbedding of(Json json, int place, @Nullable Vector known) {
        return new OpenAIEmbedding(
                json.get("index").asInt(place),
                known != null ? known : read(json.get("embedding")),
                json.get("object").asText("embedding"));
    }

    private static Vector read(Json numbers) {
        return numbers.isString() ? Vector.ofBase64(numbers.asText()) : floats(numbers);
    }

    private static Vector floats(Json numbers) {
        if (!numbers.isArray()) throw new IllegalArgumentException("no vector");
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            if (!numbers.get(i).isNumber()) throw new IllegalArgumentException("no number at place " + i);
            floats[i] = (float) numbers.get(i).asDouble(0);
        }
        return Vector.of(floats);
    }
}
