package dev.aikit.testing;

import dev.aikit.testkit.ScriptedServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;

/** Real pictures, made by the JDK. */
public final class Pictures {
    private Pictures() {}

    /** A picture without pattern: the same one for the same seed. */
    public static BufferedImage noise(long seed) {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int x = 0; x < picture.getWidth(); x++)
            for (int y = 0; y < picture.getHeight(); y++) picture.setRGB(x, y, random.nextInt(1 << 24));
        return picture;
    }

    /** The colours of all its points. */
    public static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    /** A picture in that format of ImageIO's, such as "png". */
    public static byte[] encoded(String format, long seed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(noise(seed), format, out)) throw new AssertionError("no writer for " + format);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return out.toByteArray();
    }

    /** A PNG: binary, with every kind of byte. */
    public static byte[] png() {
        return encoded("png", 1);
    }

    /** A WebP of one point, which the JDK cannot make. */
    public static byte[] webp() {
        return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    }

    /** An answer with these bytes. */
    public static ScriptedServer.Script answer(byte[] content, String... headers) {
        return to -> {
            String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
            all[headers.length] = "content-length: " + content.length;
            to.head(200, all).raw(content);
        };
    }
}
