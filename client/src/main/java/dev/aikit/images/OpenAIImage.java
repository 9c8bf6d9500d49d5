package dev.aikit.images;

import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.OpenAIError;
import dev.aikit.json.Json;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A picture that a model made: its bytes in base64, or the address from which they can be fetched for a while (OpenAI: an
 * hour).
 *
 * <p>What is fetched is fetched without the client's key, organization, project and custom headers, whatever host the
 * address names. Limits, retries, proxy and certificates are the client's. Addresses of {@code https:}, {@code http:} and
 * {@code data:} are followed, redirects to other hosts too, but not from {@code https:} to {@code http:}.
 */
public final class OpenAIImage {
    private final OpenAIImagesAPI api;
    private final Json json;
    private final @Nullable OpenAIError failure;

    OpenAIImage(OpenAIImagesAPI api, Json json) {
        this(api, json, null);
    }

    OpenAIImage(OpenAIImagesAPI api, Json json, @Nullable OpenAIError failure) {
        this.api = api;
        this.json = json;
        this.failure = failure;
    }

    /** Where the picture is; "" if the answer holds it itself. May hold a secret of its own: who knows it sees the picture. */
    public String url() {
        return json.get("url").asText();
    }

    /** The picture in base64; "" if the answer names its address. */
    public String b64Json() {
        return json.get("b64_json").asText();
    }

    /** The prompt as the model changed it for itself; "" if it did not, or does not say. */
    public String revisedPrompt() {
        return json.get("revised_prompt").asText();
    }

    /** The object as it came; missing for the image of an answer that has none. */
    public Json json() {
        return json;
    }

    /** Why the call that was to make the picture failed; null if it did not. */
    @Nullable
    OpenAIError failure() {
        return failure;
    }

    /** Whether there is a picture at all. */
    public boolean isPresent() {
        return !url().isEmpty() || !b64Json().isEmpty();
    }

    /** The bytes, fetched from the address if there is one; waits. What cannot be had makes a failed result. */
    public OpenAIBlobResult download() {
        return download(p -> p);
    }

    /** The bytes, fetched from the address if there is one; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T download(
            Function<
                            OpenAICommonParameters<OpenAIBlobResult, OpenAIBlobResult>,
                            OpenAICommonParameters<OpenAIBlobResult, T>>
                    parameters) {
        OpenAICommonParameters<OpenAIBlobResult, OpenAIBlobResult> start =
                OpenAICommonParameters.of(OpenAIBlobResult.class);
        return download(Objects.requireNonNull(
                Objects.requireNonNull(parameters, "parameters").apply(start),
                "parameters: the function for them returned null"));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T download(OpenAICommonParameters<OpenAIBlobResult, T> parameters) {
        return api.download(this, Objects.requireNonNull(parameters, "parameters"));
    }

    /**
     * The bytes; waits while they are fetched. {@link #download} does the same without waiting.
     *
     * @throws dev.aikit.OpenAIException if they cannot be had
     */
    public byte[] asBlob() {
        return download().asBlob();
    }

    /**
     * The picture; waits while it is fetched. See {@link OpenAIBlobResult#asPicture()}.
     *
     * @throws dev.aikit.OpenAIException if it cannot be had, or cannot be read
     * @throws IllegalStateException if the runtime has no module {@code java.desktop}
     */
    public BufferedImage asPicture() {
        return download().asPicture();
    }

    /**
     * Saves the picture; waits while it is fetched. See {@link OpenAIBlobResult#saveToDisk}.
     *
     * @return the file
     * @throws dev.aikit.OpenAIException if it cannot be had
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path saveToDisk(Path file) {
        Objects.requireNonNull(file, "file");
        return download().saveToDisk(file);
    }

    /** What it consists of, neither the picture nor its whole address. */
    @Override
    public String toString() {
        if (!url().isEmpty()) return "OpenAIImage[url]";
        return "OpenAIImage[" + (isPresent() ? "b64_json, " + b64Json().length() + " characters]" : "none]");
    }
}
