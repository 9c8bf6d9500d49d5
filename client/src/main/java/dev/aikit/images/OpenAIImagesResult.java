package dev.aikit.images;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.FileErrors;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.pictures.MediaTypes;
import dev.aikit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What {@code images.generate} came to. */
public final class OpenAIImagesResult extends OpenAIResult {
    private final OpenAIImagesAPI api;

    private OpenAIImagesResult(Outcome outcome, OpenAIImagesAPI api) {
        super(outcome);
        this.api = api;
    }

    static OpenAIImagesResult read(Outcome outcome, OpenAIImagesAPI api) {
        OpenAIImagesResult read = new OpenAIImagesResult(outcome, api);
        if (!outcome.errors().isEmpty() || read.image().isPresent()) return read;
        OpenAIError none = OpenAIError.of(
                OpenAIError.Kind.MALFORMED,
                "the answer holds no picture: neither url nor b64_json",
                outcome.response(),
                null);
        return new OpenAIImagesResult(outcome.failed(none), api);
    }

    /** The pictures; empty if the call failed. */
    public List<OpenAIImage> images() {
        return json().get("data").map(this::image);
    }

    /** The first of them; one that is not {@linkplain OpenAIImage#isPresent() present} if there is none. */
    public OpenAIImage image() {
        return image(json().get("data").get(0));
    }

    private OpenAIImage image(Json json) {
        return new OpenAIImage(api, json, success() ? null : errors().get(0));
    }

    /** The same as {@link #saveImagesToDisk(Path, String)}, with names that begin with "image". */
    public List<Path> saveImagesToDisk(Path folder) {
        return saveImagesToDisk(folder, "image");
    }

    /**
     * Saves all pictures, and waits while they are fetched, one after the other. Names are the prefix, the place from 0, and
     * what the picture is: {@code image0.png}. Files of those names are replaced; the folder is made if there is none. If one
     * picture fails, the others are saved all the same before this throws.
     *
     * @param prefix the beginning of each name, without a folder
     * @return the files, in the order of the pictures
     * @throws dev.aikit.OpenAIException if the call failed, or a picture cannot be had
     * @throws UncheckedIOException if a file cannot be written
     */
    public List<Path> saveImagesToDisk(Path folder, String prefix) {
        Objects.requireNonNull(folder, "folder");
        if (prefix == null || prefix.matches("(?s).*[/\\\\\\x00].*"))
            throw new IllegalArgumentException("prefix: the beginning of a name expected, not \"" + prefix + "\"");
        orThrow();
        make(folder);
        List<Path> saved = new ArrayList<>();
        RuntimeException first = null;
        int place = 0;
        for (OpenAIImage image : images()) {
            try {
                saved.add(save(image, folder, prefix + place++));
            } catch (RuntimeException failed) {
                if (first == null) first = failed;
                else first.addSuppressed(failed);
            }
        }
        if (first != null) throw first;
        return List.copyOf(saved);
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the folder " + folder + " cannot be made: " + FileErrors.words(failed), failed);
        }
    }

    private static Path save(OpenAIImage image, Path folder, String name) {
        OpenAIBlobResult picture = image.download().orThrow();
        return picture.saveToDisk(folder.resolve(name + MediaTypes.extension(picture.mediaType())));
    }

    @Override
    public OpenAIImagesResult orThrow() {
        super.orThrow();
        return this;
    }
}
