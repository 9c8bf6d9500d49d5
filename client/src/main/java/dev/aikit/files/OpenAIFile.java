package dev.aikit.files;

import dev.aikit.json.Json;

/**
 * A file that the server keeps.
 *
 * @param json the object as it came, with what this library has no name for
 */
public record OpenAIFile(Json json) {
    /** Its name in calls. */
    public String id() {
        return json.get("id").asText();
    }

    /** Its size; 0 if the server does not say. */
    public long bytes() {
        return json.get("bytes").asLong(0);
    }

    /** When it was made, in seconds since 1970; 0 if the server does not say. */
    public long createdAt() {
        return json.get("created_at").asLong(0);
    }

    /** When the server will delete it, in seconds since 1970; 0 if it will not, or does not say. */
    public long expiresAt() {
        return json.get("expires_at").asLong(0);
    }

    /** The name that it was sent with. */
    public String filename() {
        return json.get("filename").asText();
    }

    /** "file". */
    public String object() {
        return json.get("object").asText();
    }

    /** What it is for, such as "batch" or "user_data". */
    public String purpose() {
        return json.get("purpose").asText();
    }

    /** "uploaded", "processed" or "error"; "" if the server does not say, for it need not any more. */
    public String status() {
        return json.get("status").asText();
    }

    /** Why it could not be processed; "" if the server does not say. */
    public String statusDetails() {
        return json.get("status_details").asText();
    }

    @Override
    public String toString() {
        return id();
    }
}
