package dev.aikit.models;

import dev.aikit.json.Json;

/**
 * A model that a server offers.
 *
 * @param json the object as it came, with what this library has no name for
 */
public record OpenAIModel(Json json) {
    /** Its name in calls. */
    public String id() {
        return json.get("id").asText();
    }

    /** When it was made, in seconds since 1970; 0 if the server does not say. */
    public long created() {
        return json.get("created").asLong(0);
    }

    /** "model". */
    public String object() {
        return json.get("object").asText();
    }

    /** Who owns it; "" if the server does not say. */
    public String ownedBy() {
        return json.get("owned_by").asText();
    }

    @Override
    public String toString() {
        return id();
    }
}
