package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.http.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done with chat completions that were kept. */
final class StoredEndpoint {
    private static final int USUAL_PAGE = 20;
    private static final int LONGEST_PAGE = 100;
    private static final int MOST_METADATA = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private final StoredCompletions stored;

    StoredEndpoint(StoredCompletions stored) {
        this.stored = stored;
    }

    void list(Exchange exchange) {
        String model = exchange.query("model");
        List<Json> completions = stored.completions().stream()
                .filter(each -> model == null || each.get("model").asText().equals(model))
                .filter(each -> matches(each.get("metadata"), exchange))
                .toList();
        exchange.reply(200, Paging.of(exchange, USUAL_PAGE, LONGEST_PAGE, "asc").page(completions));
    }

    /** {@code metadata[key]=value}, any number of them. */
    private static boolean matches(Json metadata, Exchange exchange) {
        for (String name : exchange.queryParameters().keySet()) {
            if (!name.startsWith("metadata[") || !name.endsWith("]")) continue;
            String key = name.substring("metadata[".length(), name.length() - 1);
            if (!metadata.get(key).isString() || !metadata.get(key).asText().equals(exchange.query(name))) return false;
        }
        return true;
    }

    void retrieve(Exchange exchange, String id) {
        exchange.reply(200, stored.get(id).completion());
    }

    void update(Exchange exchange, String id) {
        Json metadata = RequestFields.parse(exchange.body()).get("metadata");
        if (!metadata.isObject()) throw ApiError.field("metadata", "'metadata' is required, and must be an object.");
        exchange.reply(200, stored.update(id, metadata(metadata)));
    }

    void delete(Exchange exchange, String id) {
        stored.delete(id);
        Map<String, Object> deleted = new LinkedHashMap<>();
        deleted.put("object", "chat.completion.deleted");
        deleted.put("id", id);
        deleted.put("deleted", true);
        exchange.reply(200, Json.of(deleted));
    }

    void messages(Exchange exchange, String id) {
        Paging paging = Paging.of(exchange, USUAL_PAGE, LONGEST_PAGE, "asc");
        exchange.reply(200, paging.page(stored.get(id).messages()));
    }

    /** Checked metadata; an empty object if there is none. */
    static Json metadata(Json metadata) {
        if (!metadata.isPresent()) return Json.of(Map.of());
        if (!metadata.isObject() || metadata.size() > MOST_METADATA) {
            throw ApiError.field("metadata", "'metadata' must be an object of " + MOST_METADATA + " texts at most.");
        }
        metadata.fields().forEach((key, value) -> {
            if (key.length() > LONGEST_KEY
                    || !value.isString()
                    || value.asText().length() > LONGEST_VALUE) {
                throw ApiError.field(
                        "metadata",
                        "In 'metadata', keys may have " + LONGEST_KEY + " characters, and values must be texts of "
                                + LONGEST_VALUE + " characters at most: " + key);
            }
        });
        return metadata;
    }

    /** Messages of a request as the list of them shows them: each with an id. */
    static List<Json> withIds(List<Json> messages, String completionId) {
        List<Json> numbered = new ArrayList<>();
        for (Json message : messages) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            shown.put("id", completionId + "-" + numbered.size());
            shown.putAll(message.fields());
            Json content = message.get("content");
            shown.put("content", content.isString() ? content : null);
            shown.put("content_parts", content.isArray() ? content : null);
            numbered.add(Json.of(shown));
        }
        return numbered;
    }
}
