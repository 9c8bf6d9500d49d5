package dev.aikit.models;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.internal.call.Operation;
import java.util.function.Function;

/** The models that the server offers. */
public final class OpenAIModelsAPI extends OpenAIAPIResource {
    /** Made by its client. */
    public OpenAIModelsAPI(OpenAI client) {
        super(client);
    }

    /** All models; waits. */
    public OpenAIModelListResult list() {
        return list(p -> p);
    }

    /** All models; waits, or does not, as the parameters say: {@code list(p -> p.formula(this::receive))}. */
    public <T extends OpenAIAnswer> T list(
            Function<
                            OpenAICommonParameters<OpenAIModelListResult, OpenAIModelListResult>,
                            OpenAICommonParameters<OpenAIModelListResult, T>>
                    parameters) {
        return list(apply(parameters, OpenAICommonParameters.of(OpenAIModelListResult.class)));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T list(OpenAICommonParameters<OpenAIModelListResult, T> parameters) {
        return make(Operation.of("models.list", "GET", "/models", null, OpenAIModelListResult::new), parameters);
    }

    /**
     * One model; waits.
     *
     * @throws IllegalArgumentException if the model's id is blank
     */
    public OpenAIModelResult retrieve(String model) {
        return retrieve(model, p -> p);
    }

    /**
     * One model; waits, or does not, as the parameters say.
     *
     * @throws IllegalArgumentException if the model's id is blank
     */
    public <T extends OpenAIAnswer> T retrieve(
            String model,
            Function<
                            OpenAICommonParameters<OpenAIModelResult, OpenAIModelResult>,
                            OpenAICommonParameters<OpenAIModelResult, T>>
                    parameters) {
        return retrieve(model, apply(parameters, OpenAICommonParameters.of(OpenAIModelResult.class)));
    }

    /**
     * The same with parameters made before.
     *
     * @throws IllegalArgumentException if the model's id is blank
     */
    public <T extends OpenAIAnswer> T retrieve(String model, OpenAICommonParameters<OpenAIModelResult, T> parameters) {
        String path = "/models" + pathOf("model", model);
        return make(Operation.of("models.retrieve", "GET", path, null, OpenAIModelResult::new), parameters);
    }
}
