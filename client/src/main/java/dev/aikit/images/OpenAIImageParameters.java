package dev.aikit.images;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;

/**
 * The parameters of {@code images.generate}. What is not set is not sent, and the server decides, also about the model: the
 * default that the kit once had, {@code dall-e-2}, is gone. Which values a model takes is said in the server's documentation;
 * {@link #field} sets what has no method here.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIImageParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIImagesResult,
                T,
                OpenAIImageParameters<T>,
                OpenAIImageParameters<OpenAICall<OpenAIImagesResult>>> {

    private OpenAIImageParameters(Plan<OpenAIImagesResult> plan, Mode<OpenAIImagesResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIImageParameters<OpenAIImagesResult> create() {
        return new OpenAIImageParameters<>(Plan.empty(), Mode.waiting());
    }

    /** The model's name on the server. */
    public OpenAIImageParameters<T> model(String name) {
        return field("model", Checks.text("model", name));
    }

    /** How many pictures; 1 to 10. */
    public OpenAIImageParameters<T> n(int pictures) {
        return field("n", Checks.within("n", pictures, 1, 10));
    }

    /** Width and height in pixels, such as "1024x1024", or "auto". */
    public OpenAIImageParameters<T> size(String widthAndHeight) {
        return field("size", Checks.text("size", widthAndHeight));
    }

    /** "vivid" or "natural", for models that know styles. */
    public OpenAIImageParameters<T> style(String style) {
        return field("style", Checks.text("style", style));
    }

    /** "url" for an address, "b64_json" for the picture itself; models of the kind gpt-image always send the second. */
    public OpenAIImageParameters<T> responseFormat(String format) {
        return field("response_format", Checks.text("responseFormat", format));
    }

    /** "low", "medium", "high" or "auto", or what else the model knows. */
    public OpenAIImageParameters<T> quality(String quality) {
        return field("quality", Checks.text("quality", quality));
    }

    /** "transparent", "opaque" or "auto". */
    public OpenAIImageParameters<T> background(String background) {
        return field("background", Checks.text("background", background));
    }

    /** "png", "jpeg" or "webp". */
    public OpenAIImageParameters<T> outputFormat(String format) {
        return field("output_format", Checks.text("outputFormat", format));
    }

    /** How good a JPEG or WebP is, in percent; 0 to 100. */
    public OpenAIImageParameters<T> outputCompression(int percent) {
        return field("output_compression", Checks.within("outputCompression", percent, 0, 100));
    }

    /** How strictly OpenAI looks at what is asked for: "low" or "auto". */
    public OpenAIImageParameters<T> moderation(String level) {
        return field("moderation", Checks.text("moderation", level));
    }

    @Override
    protected OpenAIImageParameters<T> with(Plan<OpenAIImagesResult> changed) {
        return new OpenAIImageParameters<>(changed, mode());
    }

    @Override
    protected OpenAIImageParameters<OpenAICall<OpenAIImagesResult>> asynchronously(Plan<OpenAIImagesResult> changed) {
        return new OpenAIImageParameters<>(changed, Mode.asynchronous());
    }
}
