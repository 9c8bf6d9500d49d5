package dev.aikit.internal.netty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers of an answer, as the seam wants them. */
final class Heads {
    private Heads() {}

    static Map<String, List<String>> of(
            Iterable<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> from) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<? extends CharSequence, ? extends CharSequence> header : from) {
            String name = header.getKey().toString();
            if (name.startsWith(":")) continue;
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), ignored -> new ArrayList<>(1))
                    .add(header.getValue().toString());
        }
        return headers;
    }
}
