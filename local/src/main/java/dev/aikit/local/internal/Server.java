package dev.aikit.local.internal;

import dev.aikit.local.internal.api.Api;
import dev.aikit.local.internal.api.Catalog;
import dev.aikit.local.internal.api.FilesEndpoint;
import dev.aikit.local.internal.api.Model;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.files.FileStore;
import dev.aikit.local.internal.gguf.GgufChatModel;
import dev.aikit.local.internal.guide.Guide;
import dev.aikit.local.internal.http.HttpFront;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts the parts together, and takes them apart in the right order. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");
    private static final String EMBEDDINGS =
            "Embeddings of 384 numbers by all-MiniLM-L6-v2, a sentence model of about 22 million"
                    + " parameters, quantised to 8 bits.";

    private final HttpFront front;
    private final List<Model> models;
    private final Lazy<MiniLm> embedder;
    private final FilesEndpoint files;
    private final FileStore store;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Server(HttpFront front, List<Model> models, Lazy<MiniLm> embedder, FilesEndpoint files, FileStore store) {
        this.front = front;
        this.models = models;
        this.embedder = embedder;
        this.files = files;
        this.store = store;
    }

    /** Listens, and returns without waiting for any model. */
    public static Server start(Settings settings) {
        Limits limits = settings.limits();
        Lazy<MiniLm> embedder = new Lazy<>("all-minilm-l6-v2", MiniLm::load);
        Guide guide = new Guide(embedder, settings.documents());
        List<Model> models = models(guide, settings);
        FileStore store = new FileStore(settings.files(), settings.clock());
        FilesEndpoint files = new FilesEndpoint(store, limits.fileBytes(), limits.waiting());
        try {
            HttpFront front = HttpFront.open(settings.port(), limits, new Api(new Catalog(models), embedder, files));
            if (settings.preload()) guide.preload();
            return new Server(front, models, embedder, files, store);
        } catch (RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private static List<Model> models(Guide guide, Settings settings) {
        Limits limits = settings.limits();
        int processors = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        long now = Instant.now().getEpochSecond();
        List<Model> models = new ArrayList<>();
        models.add(new Model(
                "aikit-guide",
                "aikit",
                Guide.DESCRIPTION,
                now,
                new Lane("aikit-guide", processors, limits.waiting()),
                guide));
        models.add(new Model(
                "all-minilm-l6-v2",
                "sentence-transformers",
                EMBEDDINGS,
                now,
                new Lane("all-minilm-l6-v2", processors, limits.waiting()),
                null));
        Set<String> names = new HashSet<>(List.of("aikit-guide", "guide", "all-minilm-l6-v2"));
        for (Path file : settings.ggufFiles()) {
            GgufChatModel model = GgufChatModel.of(file);
            if (!names.add(model.name())) {
                throw new IllegalArgumentException(
                        "gguf: there is a model of the name " + model.name() + " already: " + file);
            }
            models.add(new Model(
                    model.name(),
                    "local",
                    model.description(),
                    now,
                    new Lane(model.name(), 1, limits.waiting()),
                    model));
        }
        return List.copyOf(models);
    }

    /** The port that is listened on. */
    public int port() {
        return front.port();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        front.close();
        files.stop();
        store.close();
        boolean idle = true;
        for (Model model : models) idle &= model.lane().stop();
        // Freeing native memory that is in use would end the whole program.
        if (!idle) {
            LOG.log(System.Logger.Level.WARNING, "a model did not stop in time; its memory is not freed");
            return;
        }
        for (Model model : models) {
            ChatModel chat = model.chat();
            if (chat != null) chat.close();
        }
        embedder.close();
    }
}
