package dev.aikit.internal.netty;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of an answer, as the seam wants them. */
final class Heads {
    private Heads() {}

    static Map<String, List<String>> of(
            Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> from, HeaderNames names) {
        Map<String, List<String>> headers = new LinkedHashMap<>(32);
        while (from.hasNext()) {
            Map.Entry<? extends CharSequence, ? extends CharSequence> header = from.next();
            CharSequence name = header.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') continue;
            List<String> value = List.of(header.getValue().toString());
            headers.merge(names.lowerCase(name), value, Heads::joined);
        }
        return headers;
    }

    private static List<String> joined(List<String> before, List<String> more) {
        List<String> all = new ArrayList<>(before);
        all.addAll(more);
        return all;
    }
}
