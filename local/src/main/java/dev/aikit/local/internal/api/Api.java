package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The functions of OpenAI's API that this server has. */
public final class Api implements Consumer<Exchange> {
    private final Catalog catalog;
    private final Router router = new Router();

    public Api(Catalog catalog, Lazy<MiniLm> embedder, FilesEndpoint files) {
        this.catalog = catalog;
        StoredCompletions completions = new StoredCompletions();
        StoredEndpoint stored = new StoredEndpoint(completions);
        router.add("GET", "/v1/models", this::models);
        router.add("GET", "/v1/models/{name}", this::model);
        router.add("POST", "/v1/embeddings", new EmbeddingsEndpoint(catalog, embedder)::create);
        router.add("POST", "/v1/chat/completions", new ChatEndpoint(catalog, completions)::create);
        router.add("GET", "/v1/chat/completions", stored::list);
        router.add("GET", "/v1/chat/completions/{id}/messages", stored::messages);
        router.add("GET", "/v1/chat/completions/{id}", stored::retrieve);
        router.add("POST", "/v1/chat/completions/{id}", stored::update);
        router.add("DELETE", "/v1/chat/completions/{id}", stored::delete);
        router.add("POST", "/v1/files", files::create);
        router.add("GET", "/v1/files", files::list);
        router.add("GET", "/v1/files/{id}/content", files::content);
        router.add("GET", "/v1/files/{id}", files::retrieve);
        router.add("DELETE", "/v1/files/{id}", files::delete);
    }

    @Override
    public void accept(Exchange exchange) {
        Work.guard(exchange, () -> {
            if (!router.route(exchange)) throw NotOffered.at(exchange.method(), exchange.path());
        });
    }

    private void models(Exchange exchange) {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", catalog.models().stream().map(Model::card).toList());
        exchange.reply(200, Json.of(list));
    }

    private void model(Exchange exchange, String id) {
        exchange.reply(200, Json.of(catalog.find(id).card()));
    }
}
