package dev.aikit.local.internal.chat;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool.
 *
 * @param arguments a JSON object
 */
public record ToolCall(String id, String name, Json arguments) {
    /** Reads a call as models write it: an object with {@code name} and {@code arguments}. Null if the text is not one. */
    static @Nullable ToolCall read(String text) {
        try {
            Json call = Json.parse(text.strip());
            Json arguments = call.get("arguments");
            if (arguments.isString()) arguments = Json.parse(arguments.asText());
            if (!arguments.isPresent()) arguments = Json.of(Map.of());
            boolean whole = call.get("name").isString() && arguments.isObject();
            return whole ? new ToolCall(newId(), call.get("name").asText(), arguments) : null;
        } catch (JsonException notOne) {
            return null;
        }
    }

    private static String newId() {
        return "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /** In OpenAI's form. */
    public Map<String, Object> toMap() {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("arguments", arguments.toString());
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        return call;
    }
}
