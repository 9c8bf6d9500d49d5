package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.embedding.MiniLm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Run by the build: packs the documentation of the repository with its vectors, so that the guide need not compute them at
 * each start. Vectors of texts that have not changed are taken from the last run.
 */
public final class PackCorpus {
    private static final List<String> FILES = List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md");
    private static final List<String> FOLDERS = List.of("docs", "examples/src/main/java");

    private PackCorpus() {}

    /**
     * Packs.
     *
     * @param arguments the root of the repository; the folder of compiled classes
     */
    public static void main(String... arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path target = Path.of(arguments[1])
                .resolve(PackCorpus.class.getPackageName().replace('.', '/'))
                .resolve(Guide.CORPUS);
        Files.createDirectories(target.getParent());
        long model = MiniLm.fingerprint();
        Map<String, byte[]> known = known(target, model);
        try (Embedder embedder = new Embedder(known)) {
            Corpus corpus = Corpus.of(model, passages(root), embedder::vector);
            try (OutputStream out = Files.newOutputStream(target)) {
                corpus.write(out);
            }
        }
    }

    static List<Passage> passages(Path root) {
        List<Passage> passages = new ArrayList<>();
        Stream.concat(FILES.stream(), FOLDERS.stream())
                .map(root::resolve)
                .forEach(place -> passages.addAll(Documents.below(root, place)));
        return passages;
    }

    private static Map<String, byte[]> known(Path packed, long model) {
        Map<String, byte[]> known = new HashMap<>();
        if (!Files.exists(packed)) return known;
        try (InputStream in = Files.newInputStream(packed)) {
            Corpus last = Corpus.read(in);
            if (last.model() != model) return known;
            for (Corpus.Entry entry : last.entries()) {
                Passage passage = entry.passage();
                known.put(passage.topic(), entry.topic());
                known.put(passage.place(), entry.place());
                for (int i = 0; i < passage.units().size(); i++) {
                    known.put(
                            passage.topic(passage.units().get(i)), entry.units().get(i));
                }
            }
        } catch (IOException | RuntimeException damaged) {
            known.clear(); // it is made anew
        }
        return known;
    }

    /** Loads the model only if there is a text that it has not seen. */
    private static final class Embedder implements AutoCloseable {
        private final Map<String, byte[]> known;
        private MiniLm model;

        Embedder(Map<String, byte[]> known) {
            this.known = known;
        }

        byte[] vector(String text) {
            byte[] vector = known.get(text);
            if (vector != null && vector.length > 0) return vector;
            if (model == null) model = MiniLm.load();
            return Vectors.of(text, model);
        }

        @Override
        public void close() {
            if (model != null) model.close();
        }
    }
}
