package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chat completions that clients asked to keep: in memory, the oldest dropped when there are too many, gone at the end. */
final class StoredCompletions {
    private static final int MOST = 1000;
    private static final long MOST_BYTES = 64L << 20;

    /** A completion with its metadata, and what it was an answer to. */
    record Entry(Json completion, List<Json> messages, long bytes) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    synchronized void add(Json completion, List<Json> messages) {
        long size = completion.toBytes().length;
        for (Json message : messages) size += message.toBytes().length;
        entries.put(completion.get("id").asText(), new Entry(completion, messages, size));
        bytes += size;
        for (Iterator<Entry> oldest = entries.values().iterator();
                oldest.hasNext() && (entries.size() > MOST || bytes > MOST_BYTES); ) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** The completions, the oldest first. */
    synchronized List<Json> completions() {
        List<Json> completions = new ArrayList<>();
        for (Entry entry : entries.values()) completions.add(entry.completion());
        return completions;
    }

    /**
     * One of them.
     *
     * @throws ApiError if it was never kept, or has been dropped or deleted
     */
    synchronized Entry get(String id) {
        Entry entry = entries.get(id);
        if (entry != null) return entry;
        throw ApiError.notFound(
                "completion_id",
                "No stored chat completion: " + id
                        + ". Kept are those that were asked for with 'store': true, the last " + MOST + " of them.");
    }

    synchronized Json update(String id, Json metadata) {
        Entry old = get(id);
        Json updated = old.completion().with("metadata", metadata);
        entries.put(id, new Entry(updated, old.messages(), old.bytes()));
        return updated;
    }

    synchronized void delete(String id) {
        bytes -= get(id).bytes();
        entries.remove(id);
    }
}
