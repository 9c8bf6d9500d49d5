package dev.aikit.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Vector;
import dev.aikit.fuzz.Cuts;
import dev.aikit.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors that are decoded while the answer comes. */
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

    private static VectorsInBase64 taken(List<ByteBuffer> pieces) {
        VectorsInBase64 content = new VectorsInBase64();
        for (ByteBuffer piece : pieces)
            assertThat(content.take(piece.duplicate())).isTrue();
        content.end();
        return content;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void holds(String answer, String[] vectors, List<ByteBuffer> pieces) {
        VectorsInBase64 found = taken(pieces);
        assertThat(found.standAsFound()).isTrue();
        assertThat(found.vectors())
                .containsExactly(Arrays.stream(vectors).map(Vector::ofBase64).toArray(Vector[]::new));
        assertThat(found.size()).isEqualTo(bytes(answer).length);
        assertThat(new String(found.bytes(), StandardCharsets.UTF_8)).isEqualTo(answer);
        Json json = Json.of(found);
        assertThat(json).isEqualTo(Json.parse(answer));
        assertThat(json.toString()).isEqualTo(answer);
        for (int i = 0; i < vectors.length; i++)
            assertThat(json.get("data").get(i).get("embedding").asText()).isEqualTo(vectors[i]);
        assertThat(json.get("usage").get("total_tokens").asInt(0)).isEqualTo(7);
        assertThat(found.rest().get("model").asText()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3", "384", "2000"})
    void areThoseOfTheAnswer(int numbers) {
        String[] vectors = {base64(numbers, 1), base64(numbers, 2), base64(numbers, 3), base64(numbers, 4)};
        for (String around : new String[] {"%s", " %s ", "\n%s\n"})
            for (String between : new String[] {"\"embedding\":\"", "\"embedding\" : \n\""}) {
                String answer = around.formatted(answer(vectors).replace("\"embedding\":\"", between));
                holds(answer, vectors, Cuts.none(bytes(answer)));
            }
    }

    @Test
    void areTheSameWhereverTheAnswerIsCut() {
        String[] vectors = {base64(3, 1), base64(3, 2), base64(3, 3)};
        String answer =
                answer(vectors).replace("\"m\"", "\"m\",\"object\" : \"embedding\",\"ü\":\"\\\"embedding\\\":\"");
        byte[] bytes = bytes(answer);
        for (int cut = 0; cut <= bytes.length; cut++) holds(answer, vectors, Cuts.at(bytes, cut));
        holds(answer, vectors, Cuts.everywhere(bytes));
        for (int seed = 0; seed < 50; seed++) holds(answer, vectors, Cuts.random(bytes, new Random(seed)));
    }

    @Test
    void ofVeryManyAreAllKept() {
        String[] vectors = new String[1000];
        for (int i = 0; i < vectors.length; i++) vectors[i] = base64(5, i);
        String answer = answer(vectors);
        holds(answer, vectors, Cuts.none(bytes(answer)));
    }

    @Test
    void keepEveryBitOfWhatIsNoNumber() {
        byte[] numbers = new byte[64 * 4];
        new Random(1).nextBytes(numbers);
        for (int i = 3; i < numbers.length; i += 4) numbers[i] |= 0x7f;
        for (int i = 2; i < numbers.length; i += 4) numbers[i] |= (byte) 0x80;
        String answer = answer(Base64.getEncoder().encodeToString(numbers));
        assertThat(taken(Cuts.none(bytes(answer))).bytes()).isEqualTo(bytes(answer));
    }

    /** It says so, or takes them and says so in the end; either way no byte is lost, wherever the answer is cut. */
    @ParameterizedTest
    @MethodSource("others")
    void areNotLookedForInOtherAnswers(String answer) {
        byte[] bytes = bytes(answer);
        for (int cut = 0; cut <= bytes.length; cut++) isNotTakenFor(answer, Cuts.at(bytes, cut));
        isNotTakenFor(answer, Cuts.none(bytes));
        isNotTakenFor(answer, Cuts.everywhere(bytes));
    }

    private static void isNotTakenFor(String answer, List<ByteBuffer> pieces) {
        VectorsInBase64 content = new VectorsInBase64();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        boolean usual = true;
        for (ByteBuffer piece : pieces) {
            ByteBuffer left = piece.duplicate();
            if (usual) usual = content.take(left);
            while (left.hasRemaining()) rest.write(left.get());
        }
        byte[] before = content.bytes();
        content.end();
        assertThat(content.bytes()).isEqualTo(before).hasSize(content.size());
        assertThat(new String(before, StandardCharsets.UTF_8) + rest.toString(StandardCharsets.UTF_8))
                .isEqualTo(answer);
        assertThat(usual && content.standAsFound()).isFalse();
    }

    static Stream<String> others() {
        String one = base64(3, 1);
        String other = base64(3, 2);
        String sound = answer(one, other);
        return Stream.of(
                "",
                "x".repeat(200),
                "{\"error\":{\"message\":\"no\"}}",
                sound.substring(0, sound.length() - 1),
                sound.substring(0, sound.indexOf(other) + 3),
                sound.substring(0, sound.indexOf(one) + 3),
                sound + "}",
                "[" + sound + "]",
                sound.replace("\"usage\"", "usage"),
                sound.replace(other, "*" + other.substring(1)),
                sound.replace(one, "*" + one.substring(1)),
                sound.replace(other, "\\u0041" + other.substring(6)),
                sound.replace(other, other.substring(4)),
                sound.replace(other, other + "AAAA"),
                sound.replace(one, one + "AA=="),
                sound.replace(one, one + "AA"),
                sound.replace(other, other.substring(0, 15) + "="),
                sound.replace(one, "AACAPx").replace(other, "AACAPx"),
                sound.replace(one, "AACAPx==").replace(other, "AACAPw=="),
                sound.replace(one, "AACAPw==").replace(other, "AACAPx=="),
                sound.replace(one, "AACAPwAAAEB=").replace(other, "AACAPwAAAEA="),
                sound.replace("\"embedding\":\"", "\"embedding\":["),
                sound.replace("\"" + other + "\"", "[1,2,3]"),
                sound.replace("\"data\"", "\"dota\""),
                sound.replace("\"data\":[", "\"data\":[{},"),
                sound.replace("\"model\":\"m\"", "\"model\":{\"embedding\":\"" + one + "\"}"));
    }
}
