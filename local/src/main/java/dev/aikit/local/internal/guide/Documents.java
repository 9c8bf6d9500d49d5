package dev.aikit.local.internal.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the documents of a folder and cuts them into passages. */
final class Documents {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final long LONGEST = 1 << 20;

    private Documents() {}

    /** All Markdown, text and Java files below the folder, in the order of their names. */
    static List<Passage> below(Path folder) {
        return below(folder, folder);
    }

    /** The same of a file or folder somewhere below the root that sources are named from; nothing if it is not there. */
    static List<Passage> below(Path root, Path place) {
        if (!Files.exists(place)) return List.of();
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .filter(Documents::isReadable)
                    .sorted()
                    .flatMap(file -> passages(root, file).stream())
                    .toList();
        } catch (IOException error) {
            throw new UncheckedIOException("cannot read the documents in " + place, error);
        }
    }

    private static boolean isReadable(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".md") || name.endsWith(".markdown") || name.endsWith(".txt") || name.endsWith(".java");
    }

    private static List<Passage> passages(Path root, Path file) {
        String source = root.relativize(file).toString().replace('\\', '/');
        try {
            if (Files.size(file) > LONGEST) {
                LOG.log(System.Logger.Level.WARNING, "left out, as it is longer than 1 MB: " + file);
                return List.of();
            }
            String text = Files.readString(file);
            return source.endsWith(".java") ? JavaSplitter.split(source, text) : MarkdownSplitter.split(source, text);
        } catch (IOException error) {
            LOG.log(System.Logger.Level.WARNING, "left out, as it cannot be read: " + file, error);
            return List.of();
        }
    }
}
