package dev.aikit.chat;

import dev.aikit.internal.Checks;
import dev.aikit.internal.pictures.PictureUrls;
import dev.aikit.internal.pictures.Rasters;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Objects;

/** Questions about pictures. For several pictures in one question see {@link OpenAIMessage#addImageFile}. */
public final class OpenAIVision {
    /** The largest picture that is taken from a file or from memory, in bytes: 20 MB, as much as OpenAI takes. */
    public static final int MAX_PICTURE_BYTES = PictureUrls.MOST_BYTES;

    private final OpenAIChatAPI chat;

    OpenAIVision(OpenAIChatAPI chat) {
        this.chat = chat;
    }

    /** A picture by its address ({@code https:} or {@code data:}), which the server fetches. */
    public OpenAIVisionHelper create(String imageURL) {
        return new OpenAIVisionHelper(chat, Checks.text("imageURL", imageURL));
    }

    /**
     * A picture in a file: PNG, JPEG, GIF or WebP by its first bytes, whatever its name. The file is read here, once.
     *
     * @throws IllegalArgumentException if there is no such file, if it is none of those, or larger than
     *     {@link #MAX_PICTURE_BYTES}
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public OpenAIVisionHelper fromFile(Path imageFile) {
        return create(PictureUrls.ofFile("imageFile", imageFile));
    }

    /**
     * A picture of the program, sent as PNG.
     *
     * @throws IllegalArgumentException if it is larger than {@link #MAX_PICTURE_BYTES} then
     */
    public OpenAIVisionHelper fromPicture(BufferedImage image) {
        return fromPicture(Rasters.png(Objects.requireNonNull(image, "image")), "image/png");
    }

    /**
     * A picture in memory.
     *
     * @param mediaType such as "image/png"
     * @throws IllegalArgumentException if it is of another type, or larger than {@link #MAX_PICTURE_BYTES}
     */
    public OpenAIVisionHelper fromPicture(byte[] image, String mediaType) {
        return create(PictureUrls.of("image", image, mediaType));
    }
}
