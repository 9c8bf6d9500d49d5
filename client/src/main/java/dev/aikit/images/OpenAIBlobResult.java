package dev.aikit.images;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.WholeFile;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.pictures.MediaTypes;
import dev.aikit.internal.pictures.Rasters;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@link OpenAIImage#download} came to: the bytes of a picture. If they had come with the answer that named it, nothing
 * was sent: there is no {@link #response()} then, and the {@link #request()} is to {@code data:,}.
 */
public final class OpenAIBlobResult extends OpenAIResult {
    private final Outcome outcome;
    private final byte @Nullable [] local;

    OpenAIBlobResult(Outcome outcome, byte @Nullable [] local) {
        super(outcome);
        this.outcome = outcome;
        this.local = local;
    }

    /**
     * The bytes as they came; a copy.
     *
     * @throws dev.aikit.OpenAIException if the call failed
     */
    public byte[] asBlob() {
        orThrow();
        if (local != null) return local.clone();
        OpenAIResponse response = response();
        return response == null ? new byte[0] : response.body();
    }

    /**
     * What the bytes are, such as "image/png": PNG, JPEG, GIF and WebP by their first bytes, else as the server says; "" if
     * it does not.
     *
     * @throws dev.aikit.OpenAIException if the call failed
     */
    public String mediaType() {
        String found = MediaTypes.of(asBlob());
        OpenAIResponse response = response();
        if (found != null) return found;
        return response == null
                ? ""
                : response.header("content-type").replaceFirst(";.*", "").strip();
    }

    /**
     * The picture: PNG, JPEG, GIF, and what else this Java has readers for; WebP is not among them without an extra library.
     *
     * @throws dev.aikit.OpenAIException if the call failed, or the bytes are no picture that can be read
     * @throws IllegalStateException if the runtime has no module {@code java.desktop}
     */
    public BufferedImage asPicture() {
        byte[] content = asBlob();
        try {
            return Rasters.read(content);
        } catch (IOException unreadable) {
            String message = "the picture cannot be read: " + unreadable.getMessage();
            OpenAIError error = OpenAIError.of(OpenAIError.Kind.MALFORMED, message, response(), unreadable);
            return new OpenAIBlobResult(outcome.failed(error), local).asPicture(); // throws: it has failed
        } catch (LinkageError noDesktop) {
            throw new IllegalStateException(
                    "asPicture needs the module java.desktop: the runtime lacks it, or no module of the program requires it;"
                            + " asBlob and saveToDisk do without",
                    noDesktop);
        }
    }

    /**
     * Saves the bytes as they came, over a file that is there already. The file is written beside its place and then moved
     * there, so that there is never half of it.
     *
     * @return the file
     * @throws dev.aikit.OpenAIException if the call failed
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public Path saveToDisk(Path file) {
        return WholeFile.write(file, asBlob());
    }

    @Override
    public OpenAIBlobResult orThrow() {
        super.orThrow();
        return this;
    }
}
