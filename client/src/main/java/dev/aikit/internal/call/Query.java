package dev.aikit.internal.call;

import dev.aikit.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parameters of functions that send no body: they go into the address. */
public final class Query {
    private Query() {}

    /** {@code ?after=x&limit=2}, or "" for no parameters; an object becomes {@code name[key]=value}. */
    public static String of(Plan<?> plan) {
        List<String> pairs = new ArrayList<>();
        plan.body().forEach((name, value) -> add(pairs, name, Json.of(value)));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static void add(List<String> pairs, String name, Json value) {
        for (Map.Entry<String, Json> field : value.fields().entrySet())
            add(pairs, name + "[" + field.getKey() + "]", field.getValue());
        if (!value.isObject()) pairs.add(encoded(name) + "=" + encoded(value.asText()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
