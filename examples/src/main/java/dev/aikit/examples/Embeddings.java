package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.Vector;
import java.util.List;

/** How near texts are to each other, by their embeddings. */
public final class Embeddings {
    private Embeddings() {}

    /** Compares three sentences. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        List<String> texts =
                List.of("The cat sleeps on the sofa.", "A kitten naps on a couch.", "Interest rates fell.");

        List<Vector> vectors = client.embeddings()
                .create(texts, LocalModels.EMBEDDINGS)
                .orThrow()
                .vectors();
        double near = vectors.get(0).cosineSimilarity(vectors.get(1));
        double far = vectors.get(0).cosineSimilarity(vectors.get(2));
        System.out.printf("cat and kitten: %.2f%ncat and interest rates: %.2f%n", near, far);
    }
}
