package dev.aikit.local.internal.api;

import dev.aikit.local.internal.Lane;
import dev.aikit.local.internal.chat.ChatModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server offers.
 *
 * @param created seconds since 1970
 * @param lane the threads that it runs on
 * @param chat what answers conversations; null for the embedding model
 */
public record Model(
        String id,
        String ownedBy,
        String description,
        long created,
        Lane lane,
        @Nullable ChatModel chat) {
    Map<String, Object> card() {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("id", id);
        card.put("object", "model");
        card.put("created", created);
        card.put("owned_by", ownedBy);
        card.put("description", description);
        return card;
    }
}
