package dev.aikit.embeddings;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Texts as vectors: texts of like meaning have vectors of like direction. */
public final class OpenAIEmbeddingsAPI extends OpenAIAPIResource {
    /** Made by its client. */
    public OpenAIEmbeddingsAPI(OpenAI client) {
        super(client);
    }

    /** The vector of one text; waits. */
    public OpenAIEmbeddingsResult create(String input, String model) {
        return create(input, model, p -> p);
    }

    /** The vectors of several texts, in their order; waits. */
    public OpenAIEmbeddingsResult create(List<String> inputs, String model) {
        return create(inputs, model, p -> p);
    }

    /** The vector of one text; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T create(
            String input,
            String model,
            Function<OpenAIEmbeddingsParameters<OpenAIEmbeddingsResult>, OpenAIEmbeddingsParameters<T>> parameters) {
        return create(input, model, apply(parameters, OpenAIEmbeddingsParameters.create()));
    }

    /** The vectors of several texts, in their order; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T create(
            List<String> inputs,
            String model,
            Function<OpenAIEmbeddingsParameters<OpenAIEmbeddingsResult>, OpenAIEmbeddingsParameters<T>> parameters) {
        return create(inputs, model, apply(parameters, OpenAIEmbeddingsParameters.create()));
    }

    /** The vector of one text, with parameters made before. */
    public <T extends OpenAIAnswer> T create(String input, String model, OpenAIEmbeddingsParameters<T> parameters) {
        return send(Checks.text("input", input), model, parameters);
    }

    /** The vectors of several texts, in their order, with parameters made before. */
    public <T extends OpenAIAnswer> T create(
            List<String> inputs, String model, OpenAIEmbeddingsParameters<T> parameters) {
        if (inputs == null || inputs.isEmpty())
            throw new IllegalArgumentException("inputs: at least one text expected, not " + inputs);
        for (int i = 0; i < inputs.size(); i++) Checks.text("inputs[" + i + "]", inputs.get(i));
        return send(List.copyOf(inputs), model, parameters);
    }

    private <T extends OpenAIAnswer> T send(Object input, String model, OpenAIEmbeddingsParameters<T> parameters) {
        Json body = Json.of(Map.of("input", input))
                .with("model", Checks.text("model", model))
                .with("encoding_format", "base64");
        return make(
                new Operation<>(
                                "embeddings.create",
                                "POST",
                                "/embeddings",
                                body(body, parameters),
                                false,
                                EmbeddingsReader::new)
                        .into(VectorsInBase64::new),
                parameters);
    }
}
