package dev.aikit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams in the shapes that the servers and providers of the world send, written for these tests after what is documented or
 * was reported of each: the files of {@code src/test/streams}, of which {@code index.tsv} tells the origin.
 */
public final class ProviderStreams {
    private static final Path FOLDER = Path.of("src/test/streams");

    /**
     * One of them.
     *
     * @param origin whose shape it is, and what is peculiar about it
     * @param expected what it comes to, as {@code ProviderStreamsTest} puts it
     */
    public record Shape(String name, String origin, byte[] bytes, String expected) {
        /** The same written with other ends of line. */
        public Shape with(String how, String endOfLine) {
            return rewritten(how, text().replace("\r\n", "\n").replace("\n", endOfLine));
        }

        /** The same with a byte order mark. */
        public Shape withByteOrderMark() {
            return rewritten("byte order mark", "\uFEFF" + text());
        }

        private Shape rewritten(String how, String text) {
            return new Shape(name + ", " + how, origin, text.getBytes(StandardCharsets.UTF_8), expected);
        }

        private String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private ProviderStreams() {}

    /** All of them, as they are. */
    public static List<Shape> all() {
        List<Shape> shapes = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(FOLDER.resolve("index.tsv"))) {
                String[] parts = line.split("\t", 3);
                byte[] bytes = Files.readAllBytes(FOLDER.resolve(parts[0] + ".sse"));
                shapes.add(new Shape(parts[0], parts[1], bytes, parts[2]));
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return shapes;
    }
}
