package dev.aikit.moderations;

import dev.aikit.json.Json;
import java.util.List;

/**
 * A judgement.
 *
 * @param json the object as it came
 */
public record OpenAIModeration(Json json) {
    /** Its id. */
    public String id() {
        return json.get("id").asText();
    }

    /** The model that judged. */
    public String model() {
        return json.get("model").asText();
    }

    /** One for each input. */
    public List<OpenAIModerationItem> results() {
        return json.get("results").map(OpenAIModerationItem::new);
    }

    /** The first of them; one that is not flagged and has no categories if there is none. */
    public OpenAIModerationItem item() {
        return new OpenAIModerationItem(json.get("results").get(0));
    }
}
