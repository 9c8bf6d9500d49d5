package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.embedding.WordPiece;
import dev.aikit.local.internal.guide.PassageIndex.Hit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The model aikit-guide: it answers with passages of documents, word for word, and says where they stand. */
public final class Guide implements ChatModel {
    /** For the list of models. */
    public static final String DESCRIPTION =
            "Extractive: answers questions about AIKit for Java with passages of its own"
                    + " documentation and examples, and says where they stand. It writes nothing of its own, and ignores system"
                    + " prompts and sampling parameters.";

    /** What build time puts beside this class. */
    static final String CORPUS = "guide.corpus";

    /**
     * How near a passage must be to be an answer. Measured with the questions of GuideQuestionsTest: the right passage reaches
     * 0.55 or more, while none comes nearer than 0.41 to a question about something else.
     */
    static final double THRESHOLD = 0.45;

    private static final int CONSIDERED = 3;
    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*");

    private final Lazy<MiniLm> embedder;
    private final Lazy<PassageIndex> index;

    /** @param documents a folder with more documents to answer from, or null */
    public Guide(Lazy<MiniLm> embedder, @Nullable Path documents) {
        this(embedder, () -> {
            Corpus own = packed();
            if (documents == null) return own;
            MiniLm loaded = embedder.get();
            return own.with(Corpus.of(own.model(), Documents.below(documents), text -> Vectors.of(text, loaded)));
        });
    }

    Guide(Lazy<MiniLm> embedder, Supplier<Corpus> corpus) {
        this.embedder = embedder;
        this.index = new Lazy<>("the documentation", () -> new PassageIndex(corpus.get()));
    }

    private static Corpus packed() {
        try (InputStream in = Guide.class.getResourceAsStream(CORPUS)) {
            return in == null ? new Corpus(0, List.of()) : Corpus.read(in);
        } catch (IOException error) {
            throw new UncheckedIOException("cannot read the packed documentation", error);
        }
    }

    @Override
    public void preload() {
        embedder.start();
        index.start();
    }

    @Override
    public void check(ChatRequest request) {
        if (!request.tools().offered().isEmpty()) {
            throw ApiError.field(
                    "tools",
                    "aikit-guide finds passages of documents, and calls no tools: leave 'tools' out, or set 'tool_choice' to"
                            + " 'none'. A GGUF file whose chat template knows tools can call them.");
        }
        if (request.schema() != null) {
            throw ApiError.field(
                    "response_format",
                    "aikit-guide answers with passages of documents: 'response_format' must be 'text'. A GGUF file can"
                            + " write JSON.");
        }
    }

    @Override
    public void answer(ChatRequest request, Answer answer) {
        preload();
        Conversation conversation = Conversation.of(request.messages());
        MiniLm loaded = embedder.get();
        WordPiece tokenizer = loaded.tokenizer();
        answer.begin(request.messages().stream()
                .map(Message::text)
                .mapToInt(tokenizer::count)
                .sum());
        String text = text(conversation, loaded, index.get());
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            if (!answer.piece(word.group(), tokenizer.count(word.group()))) return;
        }
        answer.end();
    }

    private static String text(Conversation conversation, MiniLm embedder, PassageIndex index) {
        if (conversation.isGreeting()) return Phrases.introduction(index);
        for (String question : conversation.questions()) {
            List<Hit> hits = index.nearest(embedder.embed(question).vector(), Terms.of(question), CONSIDERED);
            if (!hits.isEmpty() && hits.get(0).score() >= THRESHOLD) return Phrases.answer(hits, THRESHOLD);
        }
        return Phrases.doNotKnow(index);
    }

    @Override
    public void close() {
        index.interrupt();
        index.close();
    }
}
