package dev.aikit.local.internal.files;

import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an uploaded file. All times are seconds since 1970.
 *
 * @param sequence files that were uploaded later have higher numbers
 * @param filename as its owner calls it; never a path here
 * @param expiresAt null if it is kept until it is deleted
 */
public record StoredFile(
        String id,
        long sequence,
        long bytes,
        long createdAt,
        @Nullable Long expiresAt,
        String filename,
        String purpose) {

    boolean isExpired(long now) {
        return expiresAt != null && expiresAt <= now;
    }

    /** The file object of OpenAI's API. */
    public Json toJson() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("id", id);
        file.put("object", "file");
        file.put("bytes", bytes);
        file.put("created_at", createdAt);
        if (expiresAt != null) file.put("expires_at", expiresAt);
        file.put("filename", filename);
        file.put("purpose", purpose);
        file.put("status", "processed");
        return Json.of(file);
    }

    byte[] toRecord() {
        return Json.of(Map.of("sequence", sequence, "file", toJson())).toBytes();
    }

    static StoredFile ofRecord(byte[] bytes) {
        Json record = Json.parse(bytes);
        Json file = record.get("file");
        return new StoredFile(
                file.get("id").asText(),
                record.get("sequence").asLong(0),
                file.get("bytes").asLong(0),
                file.get("created_at").asLong(0),
                file.get("expires_at").isNumber() ? file.get("expires_at").asLong(0) : null,
                file.get("filename").asText(),
                file.get("purpose").asText());
    }
}
