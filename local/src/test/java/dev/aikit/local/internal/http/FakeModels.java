package dev.aikit.local.internal.http;

import dev.aikit.local.internal.Lane;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.Limits;
import dev.aikit.local.internal.api.Api;
import dev.aikit.local.internal.api.Catalog;
import dev.aikit.local.internal.api.FilesEndpoint;
import dev.aikit.local.internal.api.Model;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatModel;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.files.FileStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/** A server on loopback whose only model is a fake, so that a test decides how fast it answers, and whether. */
final class FakeModels implements AutoCloseable {
    final Lane lane;
    final HttpFront front;
    private final FileStore store = new FileStore(null, InstantSource.system());
    private final FilesEndpoint files;

    /** @param behaviour what the fake model does with a request, on the one thread that it has */
    FakeModels(Limits limits, BiConsumer<ChatRequest, Answer> behaviour) {
        lane = new Lane("fake", 1, limits.waiting());
        Model model = new Model("fake", "tests", "A fake", 0, lane, new ChatModel() {
            @Override
            public void check(ChatRequest request) {}

            @Override
            public void answer(ChatRequest request, Answer answer) {
                behaviour.accept(request, answer);
            }

            @Override
            public void preload() {}

            @Override
            public void close() {}
        });
        Lazy<MiniLm> none = new Lazy<>("none", () -> {
            throw new AssertionError("not used here");
        });
        files = new FilesEndpoint(store, limits.fileBytes(), limits.waiting());
        front = HttpFront.open(0, limits, new Api(new Catalog(List.of(model)), none, files));
    }

    String baseURL() {
        return "http://127.0.0.1:" + front.port() + "/v1";
    }

    @Override
    public void close() {
        front.close();
        files.stop();
        store.close();
        lane.stop();
    }
}
