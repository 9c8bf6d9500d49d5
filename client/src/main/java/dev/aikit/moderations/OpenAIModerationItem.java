package dev.aikit.moderations;

import dev.aikit.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is said of one input.
 *
 * @param json the object as it came
 */
public record OpenAIModerationItem(Json json) {
    /** Whether anything harmful was found. */
    public boolean flagged() {
        return json.get("flagged").asBoolean(false);
    }

    /** Of each category, such as "violence", whether the input belongs to it. */
    public Map<String, Boolean> categories() {
        return map("categories", value -> value.asBoolean(false));
    }

    /** Of each category, how much: 0 to 1. The API calls it {@code category_scores}. */
    public Map<String, Double> categoryScore() {
        return map("category_scores", value -> value.asDouble(0));
    }

    private <V> Map<String, V> map(String field, Function<Json, V> value) {
        Map<String, V> map = new TreeMap<>();
        json.get(field).fields().forEach((name, found) -> {
            if (found.isPresent()) map.put(name, value.apply(found));
        });
        return map;
    }
}
