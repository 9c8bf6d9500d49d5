package dev.aikit.internal.pictures;

import dev.aikit.internal.Checks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Pictures of the caller as addresses that hold them, checked before anything is sent. */
public final class PictureUrls {
    /** As much as OpenAI takes of one picture: 20 MB. */
    public static final int MOST_BYTES = 20 << 20;

    private PictureUrls() {}

    /**
     * The picture in a file.
     *
     * @throws IllegalArgumentException if there is no such file, or no picture in it that models take
     * @throws UncheckedIOException if it cannot be read
     */
    public static String ofFile(String argument, Path file) {
        if (!Files.isRegularFile(Objects.requireNonNull(file, argument)))
            throw new IllegalArgumentException(argument + ": there is no file " + file);
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST_BYTES + 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(argument + ": " + file + " cannot be read", unreadable);
        }
        String type = MediaTypes.of(requireSize(argument, content));
        if (type == null)
            throw new IllegalArgumentException(
                    argument + ": a PNG, JPEG, GIF or WebP picture expected, and " + file + " is none");
        return DataUrls.of(content, type);
    }

    /**
     * A picture in memory.
     *
     * @param mediaType such as "image/png"; other types than those that are detected in files are taken as they are
     * @throws IllegalArgumentException if it is no picture, or one of another type
     */
    public static String of(String argument, byte[] content, String mediaType) {
        if (requireSize(argument, content).length == 0)
            throw new IllegalArgumentException(argument + ": the bytes of a picture expected, not none");
        if (!Checks.text("mediaType", mediaType).matches("image/[a-z0-9.+-]+"))
            throw new IllegalArgumentException(
                    "mediaType: one of a picture expected, such as image/png, not \"" + mediaType + "\"");
        String found = MediaTypes.of(content);
        if (found != null && !found.equals(mediaType))
            throw new IllegalArgumentException("mediaType: the picture is " + found + ", not " + mediaType);
        return DataUrls.of(content, mediaType);
    }

    private static byte[] requireSize(String argument, byte[] content) {
        if (Objects.requireNonNull(content, argument).length > MOST_BYTES)
            throw new IllegalArgumentException(
                    argument + ": a picture of at most " + MOST_BYTES + " bytes (20 MB) expected");
        return content;
    }
}
