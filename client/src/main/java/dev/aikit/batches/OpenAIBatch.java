package dev.aikit.batches;

import dev.aikit.OpenAIUsage;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A batch at a provider.
 *
 * @param json the object as it came, with what this library has no name for
 */
public record OpenAIBatch(Json json) {
    private static final Set<String> ENDS = Set.of("completed", "failed", "expired", "cancelled");

    /** Its name in calls. */
    public String id() {
        return json.get("id").asText();
    }

    /** Where its requests go, such as "/v1/chat/completions". */
    public String endpoint() {
        return json.get("endpoint").asText();
    }

    /**
     * "validating", "in_progress", "finalizing", "completed", "failed" (the input was refused), "expired", "cancelling" or
     * "cancelled".
     */
    public String status() {
        return json.get("status").asText();
    }

    /** Whether nothing more will happen to it. Whatever its status then, there may be results. */
    public boolean isEnded() {
        return ENDS.contains(status());
    }

    /** The file with its requests. */
    public String inputFileId() {
        return json.get("input_file_id").asText();
    }

    /** The file with the results; "" if there is none, or none yet. */
    public String outputFileId() {
        return json.get("output_file_id").asText();
    }

    /** The file with the failures; "" if there is none, or none yet. */
    public String errorFileId() {
        return json.get("error_file_id").asText();
    }

    /** What is wrong with its input. */
    public List<Flaw> errors() {
        return json.get("errors").get("data").map(Flaw::new);
    }

    /** How many requests it has; 0 until the provider has counted them. */
    public int totalRequests() {
        return json.get("request_counts").get("total").asInt(0);
    }

    /** How many of them have a result. */
    public int completedRequests() {
        return json.get("request_counts").get("completed").asInt(0);
    }

    /** How many of them have failed. */
    public int failedRequests() {
        return json.get("request_counts").get("failed").asInt(0);
    }

    /** When it was made, in seconds since 1970; 0 if the provider does not say. */
    public long createdAt() {
        return json.get("created_at").asLong(0);
    }

    /** When the provider gives up what is left, in seconds since 1970; 0 if it does not say. */
    public long expiresAt() {
        return json.get("expires_at").asLong(0);
    }

    /** The tokens that it used, once it has ended. */
    public OpenAIUsage usage() {
        return new OpenAIUsage(json.get("usage"));
    }

    /** What it was made with, for the one who made it. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        json.get("metadata").fields().forEach((name, value) -> metadata.put(name, value.asText()));
        return metadata;
    }

    /** Id and status. */
    @Override
    public String toString() {
        return id() + " " + status();
    }

    /**
     * What is wrong with a batch's input.
     *
     * @param json the object as it came
     */
    public record Flaw(Json json) {
        /** A word for it. */
        public String code() {
            return json.get("code").asText();
        }

        /** In words. */
        public String message() {
            return json.get("message").asText();
        }

        /** The line of the input, from 1; 0 if the provider does not say. */
        public int line() {
            return json.get("line").asInt(0);
        }
    }
}
