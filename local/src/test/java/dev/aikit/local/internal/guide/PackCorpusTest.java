package dev.aikit.local.internal.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.local.internal.embedding.MiniLm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCorpusTest {
    @TempDir
    Path root;

    @TempDir
    Path classes;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(root.resolve("docs/deep"));
        Files.createDirectories(root.resolve("examples/src/main/java/x"));
        Files.createDirectories(root.resolve("other"));
        Files.writeString(root.resolve("README.md"), "# Kit\n\nThe first page.\n");
        Files.writeString(
                root.resolve("docs/deep/page.md"), "# Page\n\nA page. It has `code`.\n\n```java\nint x;\n```\n");
        Files.writeString(root.resolve("docs/picture.svg"), "<svg/>");
        Files.writeString(root.resolve("examples/src/main/java/x/Ask.java"), "/** Asks. */\nclass Ask {}\n");
        Files.writeString(root.resolve("other/secret.md"), "# Not documentation\n\nNo.\n");
    }

    private Corpus pack() throws IOException {
        PackCorpus.main(root.toString(), classes.toString());
        try (InputStream in = Files.newInputStream(classes.resolve("dev/aikit/local/internal/guide/guide.corpus"))) {
            return Corpus.read(in);
        }
    }

    @Test
    void packsTheDocumentationAndTheExamplesAndNothingElse() throws IOException {
        Corpus corpus = pack();

        assertThat(corpus.entries())
                .extracting(entry -> entry.passage().source())
                .containsExactly("README.md", "docs/deep/page.md", "examples/src/main/java/x/Ask.java");
        assertThat(corpus.entries().get(1).passage())
                .isEqualTo(
                        MarkdownSplitter.split("docs/deep/page.md", Files.readString(root.resolve("docs/deep/page.md")))
                                .get(0));
    }

    @Test
    void packsAVectorForEachPassageAndEachPieceOfProse() throws IOException {
        try (MiniLm model = MiniLm.load()) {
            Corpus.Entry page = pack().entries().get(1);

            assertThat(page.units()).extracting(vector -> vector.length).containsExactly(384, 384, 0);
            float[] topic = model.embed("Page. A page. It has code .").vector();
            assertThat(Vectors.cosine(topic, page.topic())).isGreaterThan(0.99);
        }
    }

    @Test
    void takesVectorsOfUnchangedTextsFromTheLastRun() throws IOException {
        Corpus first = pack();
        Path target = classes.resolve("dev/aikit/local/internal/guide/guide.corpus");
        // A mark in the old vector of the first page shows whether it was taken.
        first.entries().get(0).topic()[0] = 99;
        first.entries().get(0).units().get(0)[0] = 99;
        try (var out = Files.newOutputStream(target)) {
            first.write(out);
        }
        Files.writeString(root.resolve("docs/deep/page.md"), "# Page\n\nAnother text.\n");

        Corpus second = pack();

        assertThat(second.entries().get(0).topic()[0]).isEqualTo((byte) 99);
        assertThat(second.entries().get(1).topic())
                .isNotEqualTo(first.entries().get(1).topic());
    }

    @Test
    void packsAnewWhenTheLastResultIsDamaged() throws IOException {
        Path target = classes.resolve("dev/aikit/local/internal/guide/guide.corpus");
        Files.createDirectories(target.getParent());
        Files.writeString(target, "not a corpus");

        assertThat(pack().entries()).hasSize(3);
    }
}
