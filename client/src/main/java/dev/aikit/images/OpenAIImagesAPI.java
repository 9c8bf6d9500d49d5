package dev.aikit.images;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.json.Json;
import java.util.Map;
import java.util.function.Function;

/** Pictures that a model makes. */
public final class OpenAIImagesAPI extends OpenAIAPIResource {
    /** Made by its client. */
    public OpenAIImagesAPI(OpenAI client) {
        super(client);
    }

    /** Pictures of what the prompt says, as the server's own defaults have it; waits. */
    public OpenAIImagesResult generate(String prompt) {
        return generate(prompt, p -> p);
    }

    /**
     * Pictures of what the prompt says; waits, or does not, as the parameters say:
     *
     * <pre>{@code
     * client.images().generate("A red car in the snow", p -> p.model("gpt-image-1").size("1024x1024")
     *         .onResponse(result -> result.image().saveToDisk(Path.of("car.png"))));
     * }</pre>
     */
    public <T extends OpenAIAnswer> T generate(
            String prompt, Function<OpenAIImageParameters<OpenAIImagesResult>, OpenAIImageParameters<T>> parameters) {
        return generate(prompt, apply(parameters, OpenAIImageParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T generate(String prompt, OpenAIImageParameters<T> parameters) {
        byte[] body = body(Json.of(Map.of("prompt", Checks.text("prompt", prompt))), parameters);
        return make(
                Operation.of(
                        "images.generate",
                        "POST",
                        "/images/generations",
                        body,
                        outcome -> OpenAIImagesResult.read(outcome, this)),
                parameters);
    }

    <T extends OpenAIAnswer> T download(OpenAIImage image, OpenAICommonParameters<OpenAIBlobResult, T> parameters) {
        return make(ImageSource.of(image).operation(), parameters);
    }
}
