package dev.aikit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list of numbers that stands for a meaning (the kit's {@code 4D.Vector}). Immutable, unless somebody
 * writes into its {@link #array()}. The measures are computed in double
 * precision.
 */
public final class Vector {
    private final float[] numbers;

    private Vector(float[] numbers) {
        this.numbers = numbers;
    }

    /** A vector of these numbers, which are copied. */
    public static Vector of(float... numbers) {
        return new Vector(numbers.clone());
    }

    /**
     * A vector as the APIs send it in base64: numbers of 4 bytes, the least significant first.
     *
     * @throws IllegalArgumentException if the text is not base64, or not of whole numbers
     */
    public static Vector ofBase64(String text) {
        byte[] bytes = decoded(Objects.requireNonNull(text, "text"));
        if (bytes.length % Float.BYTES != 0)
            throw new IllegalArgumentException(
                    "text: base64 of whole numbers of 4 bytes expected, not of " + bytes.length);
        return of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }

    /** A vector of the numbers that remain in the buffer, which are copied; the buffer's position moves to its limit. */
    public static Vector of(FloatBuffer numbers) {
        float[] copy = new float[numbers.remaining()];
        numbers.get(copy);
        return new Vector(copy);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException error) {
            throw new IllegalArgumentException("text: base64 expected: " + error.getMessage(), error);
        }
    }

    /** How many numbers. */
    public int length() {
        return numbers.length;
    }

    /** The number at that place, from 0. */
    public float get(int index) {
        return numbers[index];
    }

    /** A copy of the numbers. */
    public float[] toArray() {
        return numbers.clone();
    }

    /**
     * The numbers themselves, not a copy: for code that only reads them, such as an index that is filled with millions. Who
     * writes into the array changes this vector, and what the answer that it came in says of it: vectors in base64 are kept once,
     * as numbers.
     */
    public float[] array() {
        return numbers;
    }

    /**
     * The dot product.
     *
     * @throws IllegalArgumentException if the vectors differ in length
     */
    public double dotProduct(Vector other) {
        requireSameLength(other);
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) sum += (double) numbers[i] * other.numbers[i];
        return sum;
    }

    /**
     * The cosine of the angle between the vectors: 1 for the same direction, 0 for nothing in common; 0 if one of them is
     * all zeros.
     *
     * @throws IllegalArgumentException if the vectors differ in length
     */
    public double cosineSimilarity(Vector other) {
        double product = dotProduct(other);
        double lengths = Math.sqrt(dotProduct(this) * other.dotProduct(other));
        return lengths == 0 ? 0 : product / lengths;
    }

    /**
     * The distance between the vectors' ends.
     *
     * @throws IllegalArgumentException if the vectors differ in length
     */
    public double euclideanDistance(Vector other) {
        requireSameLength(other);
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            double difference = (double) numbers[i] - other.numbers[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private void requireSameLength(Vector other) {
        if (other.numbers.length != numbers.length)
            throw new IllegalArgumentException("other: a vector of " + numbers.length
                    + " numbers expected, as this one, not of " + other.numbers.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vector vector && Arrays.equals(numbers, vector.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    /** The length and the first numbers. */
    @Override
    public String toString() {
        String first = Arrays.toString(Arrays.copyOf(numbers, Math.min(4, numbers.length)));
        return "Vector(" + numbers.length + ")" + (numbers.length > 4 ? first.replace("]", ", …]") : first);
    }
}
