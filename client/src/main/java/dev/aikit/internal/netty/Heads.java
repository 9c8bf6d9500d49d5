package dev.aikit.internal.netty;

import dev.aikit.json.internal.SmallMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of an answer, as the seam wants them. */
final class Heads {
    /** More than servers send, but for hostile ones. */
    private static final int USUAL = 32;

    private Heads() {}

    static Map<String, List<String>> of(
            Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> from, HeaderNames names) {
        List<String> sent = new ArrayList<>(USUAL);
        while (from.hasNext()) {
            Map.Entry<? extends CharSequence, ? extends CharSequence> header = from.next();
            CharSequence name = header.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') continue;
            sent.add(names.lowerCase(name));
            sent.add(header.getValue().toString());
        }
        return sent.size() <= 2 * USUAL ? few(sent) : many(sent);
    }

    private static Map<String, List<String>> few(List<String> sent) {
        @Nullable Object[] headers = new Object[sent.size()];
        int used = 0;
        for (int i = 0; i < sent.size(); i += 2) {
            int at = SmallMap.place(headers, used, sent.get(i));
            List<String> value = List.of(sent.get(i + 1));
            headers[at + 1] = at < used ? joined((List<?>) headers[at + 1], value) : value;
            headers[at] = sent.get(i);
            used = Math.max(used, at + 2);
        }
        return SmallMap.of(headers, used);
    }

    private static Map<String, List<String>> many(List<String> sent) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < sent.size(); i += 2)
            headers.computeIfAbsent(sent.get(i), any -> new ArrayList<>(1)).add(sent.get(i + 1));
        return headers;
    }

    private static List<String> joined(List<?> before, List<String> more) {
        List<String> all = new ArrayList<>();
        for (Object value : before) all.add((String) value);
        all.addAll(more);
        return all;
    }
}
