package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lazy;
import dev.aikit.local.internal.embedding.MiniLm;
import dev.aikit.local.internal.http.Exchange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** POST /v1/embeddings. */
final class EmbeddingsEndpoint {
    private static final int MOST_TEXTS = 2048;

    private final Catalog catalog;
    private final Lazy<MiniLm> embedder;

    EmbeddingsEndpoint(Catalog catalog, Lazy<MiniLm> embedder) {
        this.catalog = catalog;
        this.embedder = embedder;
    }

    void create(Exchange exchange) {
        RequestFields fields = RequestFields.parse(exchange.body());
        Model model = catalog.embedding(fields.text("model"));
        List<String> texts = texts(fields.get("input"));
        Long dimensions = fields.integer("dimensions", 1, Integer.MAX_VALUE);
        if (dimensions != null && dimensions != MiniLm.DIMENSIONS) {
            throw ApiError.field(
                    "dimensions",
                    "The vectors of " + model.id() + " have " + MiniLm.DIMENSIONS
                            + " numbers and cannot be shortened: 'dimensions' must be " + MiniLm.DIMENSIONS + ".");
        }
        boolean base64 = isBase64(fields.get("encoding_format"));
        Work.run(exchange, model.lane(), () -> exchange.reply(200, embed(model.id(), texts, base64)));
    }

    private static boolean isBase64(Json format) {
        return switch (format.asText("float")) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw ApiError.field("encoding_format", "'encoding_format' must be 'float' or 'base64'.");
        };
    }

    private static List<String> texts(Json input) {
        if (!input.isPresent()) throw ApiError.field("input", "'input' is required.");
        List<Json> items = input.isArray() ? input.items() : List.of(input);
        if (items.isEmpty() || items.size() > MOST_TEXTS) {
            throw ApiError.field("input", "'input' must have 1 to " + MOST_TEXTS + " texts.");
        }
        List<String> texts = new ArrayList<>();
        for (Json item : items) {
            String param = input.isArray() ? "input[" + texts.size() + "]" : "input";
            if (item.isNumber() || item.isArray()) {
                throw ApiError.field(param, "'" + param + "' must be a text: token numbers are not read here.");
            }
            if (!item.isString() || item.asText().isEmpty()) {
                throw ApiError.field(param, "'" + param + "' must be a text that is not empty.");
            }
            texts.add(item.asText());
        }
        return texts;
    }

    private Json embed(String model, List<String> texts, boolean base64) {
        MiniLm loaded = embedder.get();
        List<Map<String, Object>> data = new ArrayList<>();
        long tokens = 0;
        for (String text : texts) {
            MiniLm.Embedding embedding = loaded.embed(text);
            tokens += embedding.tokens();
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("object", "embedding");
            item.put("index", data.size());
            item.put("embedding", base64 ? base64(embedding.vector()) : embedding.vector());
            data.add(item);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("object", "list");
        answer.put("data", data);
        answer.put("model", model);
        answer.put("usage", Map.of("prompt_tokens", tokens, "total_tokens", tokens));
        return Json.of(answer);
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
