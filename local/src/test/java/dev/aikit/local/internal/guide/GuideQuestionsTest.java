package dev.aikit.local.internal.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import dev.aikit.local.internal.chat.ChatRequest.Tools;
import dev.aikit.local.internal.chat.Output;
import dev.aikit.local.internal.chat.ToolCall;
import dev.aikit.local.internal.embedding.MiniLm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** How well the guide finds what is asked for: with a small fixed set of documents, and with those that it is delivered with. */
class GuideQuestionsTest {
    private static Lazy<MiniLm> embedder;
    private static Corpus documents;
    private static Guide guide;

    @BeforeAll
    static void load() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(GuideQuestionsTest.class.getResource("/guide"))
                .toURI());
        embedder = new Lazy<>("model", MiniLm::load);
        documents = Corpus.of(0, Documents.below(folder), text -> Vectors.of(text, embedder.get()));
        guide = new Guide(embedder, () -> documents);
    }

    @AfterAll
    static void close() {
        guide.close();
        embedder.close();
    }

    private static String ask(Guide guide, String question) {
        ChatRequest request = new ChatRequest(
                List.of(new Message("user", question)),
                Integer.MAX_VALUE,
                List.of(),
                null,
                null,
                null,
                Tools.NONE,
                null);
        StringBuilder text = new StringBuilder();
        guide.answer(request, new Answer(request, new Output() {
            @Override
            public void text(String piece) {
                text.append(piece);
            }

            @Override
            public void call(ToolCall call) {
                throw new AssertionError("the guide calls no tools");
            }
        }));
        return text.toString();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/guide-questions.txt", delimiter = '|')
    void citesTheFileThatAnswersAndRefusesWhatNoneDoes(String question, String file) {
        String answer = ask(guide, question);

        if (file.equals("-")) assertThat(answer).startsWith("I do not know.").doesNotContain("From ");
        else assertThat(answer).contains("\n\nFrom " + file);
    }

    /** The nearest wrong answer must not be a hair below the threshold, nor the farthest right one a hair above it. */
    @Test
    void keepsADistanceBetweenAnswersAndRefusals() throws IOException {
        PassageIndex index = new PassageIndex(documents);
        List<Double> right = new ArrayList<>();
        List<Double> wrong = new ArrayList<>();
        for (String line : lines("/guide-questions.txt")) {
            String[] parts = line.split(" \\| ");
            float[] vector = embedder.get().embed(parts[0]).vector();
            double score = index.nearest(vector, Terms.of(parts[0]), 1).get(0).score();
            (parts[1].equals("-") ? wrong : right).add(score);
        }

        assertThat(right)
                .hasSizeGreaterThanOrEqualTo(25)
                .allSatisfy(score -> assertThat(score).isGreaterThan(Guide.THRESHOLD + 0.03));
        assertThat(wrong)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(score -> assertThat(score).isLessThan(Guide.THRESHOLD - 0.03));
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = GuideQuestionsTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void quotesCodeWithTheProseThatItBelongsTo() {
        assertThat(ask(guide, "How do I cancel a running call?"))
                .contains("Call `cancel()` on the handle, from any thread.")
                .contains("```java\n")
                .contains("call.cancel();\n```")
                .endsWith("From docs/asynchronous-calls.md, \"Cancelling a call\".");
    }

    /** A question that a document merely quotes is not answered by that document. */
    @Test
    void isNotFooledByAQuotedQuestion() {
        assertThat(ask(guide, "Could you explain me why 42 is a special number"))
                .startsWith("I do not know.");
    }

    @Test
    void tellsWhatItCanBeAsked() {
        assertThat(ask(guide, "Tell me a joke"))
                .contains("Ask me for example:\n", "\n- Asynchronous calls\n", "\n- Configuration\n");
    }

    @Test
    void saysThatItHasNothingWhenItHasNothing() {
        try (Guide empty = new Guide(embedder, () -> new Corpus(0, List.of()))) {
            assertThat(ask(empty, "How do I cancel a running call?")).startsWith("I do not know.");
            assertThat(ask(empty, "Hello")).contains("0 passages from 0 files");
        }
    }

    /** Its only number near is the status 429. */
    @Test
    void doesNotKnowFromThePackedDocumentsWhy42IsSpecial() throws IOException {
        Corpus packed = packed();
        try (Guide delivered = new Guide(embedder, () -> packed)) {
            assertThat(ask(delivered, "Could you explain me why 42 is a special number"))
                    .startsWith("I do not know.");
        }
    }

    private static Corpus packed() throws IOException {
        try (InputStream in = Guide.class.getResourceAsStream(Guide.CORPUS)) {
            assumeTrue(in != null, "no documentation was packed");
            Corpus packed = Corpus.read(in);
            assumeTrue(!packed.entries().isEmpty(), "the packed documentation is empty");
            return packed;
        }
    }

    /** With the documents of the repository, as the build has packed them: their own headings must lead to them. */
    @Test
    void findsThePackedDocumentsByTheirHeadings() throws IOException {
        Corpus packed = packed();
        PassageIndex index = new PassageIndex(packed);
        int found = 0;
        for (Corpus.Entry entry : packed.entries()) {
            String heading = entry.passage().heading().replace(Passage.SEPARATOR, " ");
            boolean hit = index.nearest(embedder.get().embed(heading).vector(), Terms.of(heading), 3).stream()
                    .anyMatch(each ->
                            each.passage().source().equals(entry.passage().source()));
            if (hit) found++;
        }
        assertThat(found).isGreaterThan(packed.entries().size() * 9 / 10);
    }
}
