package dev.aikit.embeddings;

import dev.aikit.OpenAIResponse;
import dev.aikit.internal.call.Content;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.json.Json;
import org.jspecify.annotations.Nullable;

/** Reads answers with vectors: in base64 without a text for each, else as any JSON. */
final class EmbeddingsReader implements ResultReader<OpenAIEmbeddingsResult> {
    private @Nullable VectorsInBase64 vectors;

    @Override
    public Json answer(OpenAIResponse response, Content body) {
        vectors = body instanceof VectorsInBase64 found && found.standAsFound() ? found : null;
        return vectors != null ? Json.of(vectors) : response.json();
    }

    @Override
    public OpenAIEmbeddingsResult result(Outcome outcome) {
        return OpenAIEmbeddingsResult.read(outcome, vectors);
    }
}
