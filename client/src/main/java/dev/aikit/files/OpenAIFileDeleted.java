package dev.aikit.files;

import dev.aikit.json.Json;

/**
 * What the server says of a file that was to be deleted.
 *
 * @param json the object as it came
 */
public record OpenAIFileDeleted(Json json) {
    /** The file's id. */
    public String id() {
        return json.get("id").asText();
    }

    /** Whether it is gone. */
    public boolean deleted() {
        return json.get("deleted").asBoolean(false);
    }

    /** "file". */
    public String object() {
        return json.get("object").asText();
    }

    @Override
    public String toString() {
        return id() + (deleted() ? " deleted" : " not deleted");
    }
}
