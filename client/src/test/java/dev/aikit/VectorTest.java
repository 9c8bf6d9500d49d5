package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of numbers that stand for meanings. */
class VectorTest {
    private final Vector three = Vector.of(1, 2, 3);
    private final Vector other = Vector.of(4, -5, 6);

    @Test
    void theDotProductIsTheSumOfTheProducts() {
        assertThat(three.dotProduct(other)).isEqualTo(4 - 10 + 18);
    }

    @Test
    void theCosineSaysHowMuchTwoDirectionsAgree() {
        assertThat(three.cosineSimilarity(other)).isCloseTo(12 / Math.sqrt(14 * 77), within(1e-12));
        assertThat(three.cosineSimilarity(Vector.of(-2, -4, -6))).isEqualTo(-1);
        assertThat(Vector.of(1, 0).cosineSimilarity(Vector.of(0, 9))).isZero();
        assertThat(Vector.of(0, 0).cosineSimilarity(Vector.of(3, 4))).isZero();
    }

    @Test
    void everyVectorAgreesWithItselfToTheLastDigit() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            float[] numbers = new float[1 + random.nextInt(50)];
            for (int k = 0; k < numbers.length; k++) numbers[k] = random.nextFloat() * 2 - 1;
            Vector vector = Vector.of(numbers);
            assertThat(vector.cosineSimilarity(vector)).isEqualTo(1);
        }
    }

    @Test
    void theDistanceIsEuclids() {
        assertThat(Vector.of(1, 1).euclideanDistance(Vector.of(4, 5))).isEqualTo(5);
        assertThat(three.euclideanDistance(three)).isZero();
    }

    @Test
    void largeNumbersDoNotOverflow() {
        Vector large = Vector.of(Float.MAX_VALUE, Float.MAX_VALUE);
        assertThat(large.dotProduct(large)).isFinite();
        assertThat(large.cosineSimilarity(large)).isEqualTo(1);
        assertThat(large.euclideanDistance(Vector.of(-Float.MAX_VALUE, 0))).isFinite();
    }

    @Test
    void vectorsOfDifferentLengthsAreRefused() {
        Vector two = Vector.of(0, 0);
        assertThatThrownBy(() -> three.dotProduct(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("other", "3", "2");
        assertThatThrownBy(() -> two.cosineSimilarity(three)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> three.euclideanDistance(two)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void base64IsReadAsTheApisWriteIt() {
        float[] numbers = {0.5f, -1, Float.MIN_VALUE, 3e38f};
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) bytes.putFloat(number);

        Vector read = Vector.ofBase64(Base64.getEncoder().encodeToString(bytes.array()));

        assertThat(read.toArray()).containsExactly(numbers);
        assertThat(read).isEqualTo(Vector.of(numbers)).hasSameHashCodeAs(Vector.of(numbers));
        assertThat(Vector.ofBase64("AACAPw==").get(0))
                .as("1 in the bytes 00 00 80 3f")
                .isEqualTo(1);
        assertThat(Vector.ofBase64("AACAPw").get(0)).as("without padding").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AACA", "no base64!", "AACAPwA="})
    void whatIsNoBase64OfWholeNumbersIsRefused(String text) {
        assertThatThrownBy(() -> Vector.ofBase64(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("text", "base64");
    }

    @Test
    void aVectorDoesNotChange() {
        float[] numbers = {1, 2};
        Vector vector = Vector.of(numbers);
        numbers[0] = 9;
        vector.toArray()[1] = 9;
        assertThat(vector).isEqualTo(Vector.of(1, 2)).isNotEqualTo(Vector.of(1, 3));
        assertThat(vector.length()).isEqualTo(2);
    }

    @Test
    void itIsPrintedInShort() {
        assertThat(Vector.of(1, 2)).hasToString("Vector(2)[1.0, 2.0]");
        assertThat(Vector.of(1, 2, 3, 4, 5)).hasToString("Vector(5)[1.0, 2.0, 3.0, 4.0, …]");
    }
}
