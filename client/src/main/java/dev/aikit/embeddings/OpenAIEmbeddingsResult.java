package dev.aikit.embeddings;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.Vector;
import dev.aikit.internal.call.Outcome;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code embeddings.create} came to. */
public final class OpenAIEmbeddingsResult extends OpenAIResult {
    private final List<OpenAIEmbedding> embeddings;

    private OpenAIEmbeddingsResult(Outcome outcome, List<OpenAIEmbedding> embeddings) {
        super(outcome);
        this.embeddings = embeddings;
    }

    /** Vectors are read at once, so that a bad one makes the result a failure. */
    static OpenAIEmbeddingsResult read(Outcome outcome) {
        return read(outcome, null);
    }

    /** The same, if the vectors have been found before. */
    static OpenAIEmbeddingsResult read(Outcome outcome, @Nullable VectorsInBase64 found) {
        List<OpenAIEmbedding> read = new ArrayList<>();
        if (!outcome.errors().isEmpty()) return new OpenAIEmbeddingsResult(outcome, read);
        try {
            Json answer = found != null ? found.rest() : outcome.json();
            for (Json json : answer.get("data").items())
                read.add(OpenAIEmbedding.of(
                        json, read.size(), found != null ? found.vectors().get(read.size()) : null));
            if (read.isEmpty()) throw new IllegalArgumentException("there is none");
        } catch (IllegalArgumentException error) {
            String message = "the vector at place " + read.size() + " cannot be read: " + error.getMessage();
            return new OpenAIEmbeddingsResult(
                    outcome.failed(OpenAIError.of(OpenAIError.Kind.MALFORMED, message, outcome.response(), error)),
                    List.copyOf(read));
        }
        read.sort(Comparator.comparingInt(OpenAIEmbedding::index));
        return new OpenAIEmbeddingsResult(outcome, List.copyOf(read));
    }

    /** The model that made the vectors; "" if the server does not say. */
    public String model() {
        return json().get("model").asText();
    }

    /** The vectors in the order of their texts, each with its place; empty if the call failed. */
    public List<OpenAIEmbedding> embeddings() {
        return embeddings;
    }

    /**
     * The first of them.
     *
     * @throws java.util.NoSuchElementException if there is none, as after a call that failed
     */
    public OpenAIEmbedding embedding() {
        return embeddings.stream().findFirst().orElseThrow();
    }

    /** The vectors in the order of their texts; empty if the call failed. */
    public List<Vector> vectors() {
        return embeddings.stream().map(OpenAIEmbedding::embedding).toList();
    }

    /**
     * The first of them.
     *
     * @throws java.util.NoSuchElementException if there is none, as after a call that failed
     */
    public Vector vector() {
        return embedding().embedding();
    }

    @Override
    public OpenAIEmbeddingsResult orThrow() {
        super.orThrow();
        return this;
    }
}
