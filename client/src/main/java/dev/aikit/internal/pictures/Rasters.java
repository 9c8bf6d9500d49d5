package dev.aikit.internal.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures of java.awt. Loaded only by programs that ask for one: a runtime may lack java.desktop. */
public final class Rasters {
    /** 400 MB of memory: a few bytes of a hostile picture may claim any size. */
    private static final long MOST_PIXELS = 100_000_000;

    private Rasters() {}

    /**
     * The first picture in these bytes.
     *
     * @throws IOException if there is none that this Java can read
     */
    public static BufferedImage read(byte[] content) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) throw new IOException(unknown(content));
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS)
                    throw new IOException("it has " + pixels + " pixels, and at most " + MOST_PIXELS + " are read");
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException damaged) { // as the JDK's readers throw
            throw new IOException(damaged.toString(), damaged);
        }
    }

    private static String unknown(byte[] content) {
        String type = MediaTypes.of(content);
        return "no reader for " + (type == null ? "its format" : type) + " (there are some for "
                + Arrays.toString(ImageIO.getReaderMIMETypes()) + ")";
    }

    /** The picture as a PNG. */
    public static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, "png", out))
                throw new IllegalArgumentException("picture: this Java cannot write it as PNG");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }
}
