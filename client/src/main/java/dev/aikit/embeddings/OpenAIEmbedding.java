package dev.aikit.embeddings;

import dev.aikit.Vector;
import dev.aikit.json.Json;

/**
 * The vector of one text.
 *
 * @param index the place of the text among the inputs, from 0
 * @param embedding the vector
 * @param object "embedding"
 */
public record OpenAIEmbedding(int index, Vector embedding, String object) {
    static OpenAIEmbedding of(Json json, int place) {
        Json numbers = json.get("embedding");
        return new OpenAIEmbedding(
                json.get("index").asInt(place),
                numbers.isString() ? Vector.ofBase64(numbers.asText()) : floats(numbers),
                json.get("object").asText("embedding"));
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
