package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.http.Exchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query parameters {@code after}, {@code limit} and {@code order} of a list. */
record Paging(@Nullable String after, int limit, boolean newestFirst) {
    /**
     * Reads them.
     *
     * @param usual the limit if none is named
     * @param usualOrder asc or desc
     */
    static Paging of(Exchange exchange, int usual, int most, String usualOrder) {
        String order = exchange.query("order");
        if (order == null) order = usualOrder;
        if (!order.equals("asc") && !order.equals("desc")) {
            throw ApiError.field("order", "'order' must be 'asc' or 'desc'.");
        }
        return new Paging(exchange.query("after"), limit(exchange.query("limit"), usual, most), order.equals("desc"));
    }

    private static int limit(@Nullable String text, int usual, int most) {
        if (text == null) return usual;
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) return limit;
        } catch (NumberFormatException noNumber) {
            // refused below
        }
        throw ApiError.field("limit", "'limit' must be a whole number from 1 to " + most + ".");
    }

    /**
     * The page that was asked for.
     *
     * @param all objects that have an {@code id}, the oldest first
     */
    Json page(List<Json> all) {
        List<Json> ordered = new ArrayList<>(all);
        if (newestFirst) Collections.reverse(ordered);
        int start = after == null ? 0 : indexAfter(after, ordered);
        int end = Math.min(ordered.size(), start + limit);
        List<Json> data = ordered.subList(start, end);
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("object", "list");
        page.put("data", data);
        page.put("first_id", data.isEmpty() ? null : data.get(0).get("id"));
        page.put("last_id", data.isEmpty() ? null : data.get(data.size() - 1).get("id"));
        page.put("has_more", end < ordered.size());
        return Json.of(page);
    }

    private static int indexAfter(String id, List<Json> ordered) {
        for (int i = 0; i < ordered.size(); i++) {
            if (ordered.get(i).get("id").asText().equals(id)) return i + 1;
        }
        throw ApiError.field("after", "'after' must be the id of an object in the list, not '" + id + "'.");
    }
}
