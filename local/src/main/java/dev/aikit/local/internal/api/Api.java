package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.http.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** From method and path to the function that answers. */
public final class Api implements Consumer<Exchange> {
    private static final String MODEL_PATH = "/v1/models/";

    /** First parts of the paths in OpenAI's API description that this server does not have. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "assistants",
            "audio",
            "batches",
            "chat",
            "chatkit",
            "completions",
            "containers",
            "content_provenance_checks",
            "conversations",
            "evals",
            "files",
            "fine_tuning",
            "images",
            "moderations",
            "organization",
            "projects",
            "realtime",
            "responses",
            "skills",
            "threads",
            "uploads",
            "vector_stores",
            "videos");

    private final Catalog catalog;
    private final ChatEndpoint chat;
    private final EmbeddingsEndpoint embeddings;

    public Api(Catalog catalog, Lazy<MiniLm> embedder) {
        this.catalog = catalog;
        this.chat = new ChatEndpoint(catalog);
        this.embeddings = new EmbeddingsEndpoint(catalog, embedder);
    }

    @Override
    public void accept(Exchange exchange) {
        Work.guard(exchange, () -> route(exchange));
    }

    private void route(Exchange exchange) {
        String path = exchange.path();
        if (path.equals("/v1/models")) {
            allow("GET", exchange);
            exchange.reply(200, list());
        } else if (path.startsWith(MODEL_PATH) && path.length() > MODEL_PATH.length()) {
            allow("GET", exchange);
            exchange.reply(
                    200,
                    Json.of(catalog.find(decoded(path.substring(MODEL_PATH.length())))
                            .card()));
        } else if (path.equals("/v1/embeddings")) {
            allow("POST", exchange);
            embeddings.create(exchange);
        } else if (path.equals("/v1/chat/completions")) {
            allow("POST", exchange);
            chat.create(exchange);
        } else {
            throw unknown(exchange);
        }
    }

    private static void allow(String method, Exchange exchange) {
        if (exchange.method().equals(method)) return;
        throw ApiError.method(
                method, "Not allowed: " + exchange.method() + " " + exchange.path() + ". Use " + method + ".");
    }

    private Json list() {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", catalog.models().stream().map(Model::card).toList());
        return Json.of(list);
    }

    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return id;
        }
    }

    private static ApiError unknown(Exchange exchange) {
        String place = exchange.method() + " " + exchange.path();
        String offered = "This server has /v1/models, /v1/embeddings and /v1/chat/completions.";
        String[] parts = exchange.path().split("/");
        return parts.length > 2 && parts[1].equals("v1") && NOT_OFFERED.contains(parts[2])
                ? ApiError.notOffered("Not offered by local models: " + place + ". " + offered)
                : ApiError.request(404, "unknown_url", "Invalid URL: " + place + ". " + offered);
    }
}
