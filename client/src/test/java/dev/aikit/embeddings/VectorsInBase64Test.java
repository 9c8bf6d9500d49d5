package dev.aikit.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Vector;
import dev.aikit.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors that are decoded where they stand in the answer. */
class VectorsInBase64Test {
    private static String base64(int numbers, long seed) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers * 4).order(ByteOrder.LITTLE_ENDIAN);
        new Random(seed).ints(numbers).forEach(n -> bytes.putFloat(n / 1e9f));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String answer(String... vectors) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < vectors.length; i++)
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":\"" + vectors[i] + "\"}");
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":\"m\",\"usage\":{\"total_tokens\":7}}";
    }

    private static @Nullable VectorsInBase64 in(String answer) {
        return VectorsInBase64.in(answer.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s ", "\n%s\n"})
    void areThoseOfTheAnswer(String around) {
        String[] vectors = {base64(384, 1), base64(384, 2), base64(96, 3), base64(384, 4), ""};
        String answer = around.formatted(answer(vectors).replace("\"embedding\":\"", "\"embedding\" : \""));
        VectorsInBase64 found = in(answer);
        assertThat(found).isNotNull();
        assertThat(found.vectors())
                .hasSize(5)
                .containsExactly(
                        java.util.Arrays.stream(vectors).map(Vector::ofBase64).toArray(Vector[]::new));
        Json json = Json.of(found);
        assertThat(json).isEqualTo(Json.parse(answer));
        assertThat(json.toString()).isEqualTo(answer);
        assertThat(json.get("data").get(2).get("embedding").asText()).isEqualTo(vectors[2]);
        assertThat(json.get("usage").get("total_tokens").asInt(0)).isEqualTo(7);
    }

    @Test
    void areNotLookedForInOtherAnswers() {
        String vector = base64(384, 1);
        String sound = answer(vector);
        assertThat(in(sound)).isNotNull();
        for (String other : new String[] {
            sound.substring(0, sound.length() - 1),
            sound.substring(0, sound.length() / 2),
            sound + "}",
            sound.replace("\"usage\"", "usage"),
            sound.replace(vector, "*" + vector),
            sound.replace(vector, vector + "AAAA"),
            sound.replace(vector, "AA" + vector),
            sound.replace("\"embedding\":\"", "\"embedding\":["),
            sound.replace("\"data\"", "\"dota\""),
            sound.replace("\"data\":[", "\"data\":[{},"),
            sound.replace("\"model\":\"m\"", "\"model\":{\"embedding\":\"AAAAAAAA\"}"),
            sound.replace(vector, ""),
            "[" + sound + "]",
            "x".repeat(2000)
        })
            assertThat(in(other))
                    .as(other.length() > 200 ? other.substring(0, 200) : other)
                    .isNull();
    }
}
