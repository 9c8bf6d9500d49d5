package dev.aikit.examples;

import dev.aikit.OpenAI;
import java.util.List;
import java.util.Map;

/** How near texts are to each other, by their embeddings: a function that the kit does not have yet. */
public final class Embeddings {
    /** One vector of the answer. */
    record Vector(int index, double[] embedding) {}

    /** The answer. */
    record Vectors(List<Vector> data) {}

    private Embeddings() {}

    /** Compares three sentences. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        List<String> texts =
                List.of("The cat sleeps on the sofa.", "A kitten naps on a couch.", "Interest rates fell.");
        Map<String, Object> body = Map.of("model", LocalModels.EMBEDDINGS, "input", texts, "encoding_format", "float");

        List<Vector> vectors =
                client.call("POST", "/embeddings", body, Vectors.class).value().data();
        double near = cosine(vectors.get(0).embedding(), vectors.get(1).embedding());
        double far = cosine(vectors.get(0).embedding(), vectors.get(2).embedding());
        System.out.printf("cat and kitten: %.2f%ncat and interest rates: %.2f%n", near, far);
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }
}
