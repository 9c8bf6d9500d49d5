package dev.aikit.local.internal.api;

import dev.aikit.local.internal.ApiError;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of OpenAI's API that this server does not have, because nothing real would stand behind them. */
final class NotOffered {
    static final String OFFERED = "This server has /v1/models, /v1/embeddings, /v1/chat/completions and /v1/files.";

    private static final Map<String, String> INSTEAD = Map.of(
            "images",
            "No image model runs here, and none is imitated. To make images, give the client the base URL and the key of a"
                    + " server that has such a model, for example OpenAI's.",
            "moderations",
            "No moderation model runs here, and none is imitated. To check texts, give the client the base URL and the key of"
                    + " a server that has such a model, for example OpenAI's.",
            "audio",
            "No model here hears or speaks. Use a server that has such a model.",
            "completions",
            "Use /v1/chat/completions.",
            "responses",
            "Use /v1/chat/completions.",
            "uploads",
            "Files of any length that is allowed are uploaded in one piece: use /v1/files.");

    /** First parts of the paths in OpenAI's API description. */
    private static final Set<String> OTHERS = Set.of(
            "assistants",
            "batches",
            "chat",
            "chatkit",
            "containers",
            "content_provenance_checks",
            "conversations",
            "evals",
            "fine_tuning",
            "organization",
            "projects",
            "realtime",
            "skills",
            "threads",
            "vector_stores",
            "videos");

    private NotOffered() {}

    /** What to answer to a path that leads nowhere. */
    static ApiError at(String method, String path) {
        String place = method + " " + path;
        String[] parts = path.split("/");
        String part = parts.length > 2 && parts[1].equals("v1") ? parts[2] : "";
        if (!INSTEAD.containsKey(part) && !OTHERS.contains(part)) {
            return ApiError.request(404, "unknown_url", "Invalid URL: " + place + ". " + OFFERED);
        }
        return ApiError.notOffered(
                Stream.of("Not offered by the local server: " + place + ".", INSTEAD.get(part), OFFERED)
                        .filter(sentence -> sentence != null)
                        .collect(Collectors.joining(" ")));
    }
}
