package dev.aikit.internal.netty;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer, as the seam wants them. Most answers are asked for two or three of them, so they stay as they
 * came, in one array, and the lists are made for who asks. Immutable.
 */
final class Heads extends AbstractMap<String, List<String>> {
    /** More than servers send, but for hostile ones. */
    private static final int USUAL = 32;

    /** Names in lower case, each followed by its value, in the order of arrival. */
    private final String[] sent;

    private Heads(String[] sent) {
        this.sent = sent;
    }

    /** Of names in lower case, each followed by its value; the array is not copied. */
    static Map<String, List<String>> of(String[] sent) {
        return sent.length <= 2 * USUAL ? new Heads(sent) : many(sent);
    }

    static Map<String, List<String>> of(
            Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> from, HeaderNames names) {
        List<String> sent = new ArrayList<>(USUAL);
        while (from.hasNext()) {
            Map.Entry<? extends CharSequence, ? extends CharSequence> header = from.next();
            CharSequence name = header.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') continue;
            sent.add(names.of(name).lowerCase);
            sent.add(header.getValue().toString());
        }
        return of(sent.toArray(String[]::new));
    }

    private static Map<String, List<String>> many(String[] sent) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < sent.length; i += 2)
            headers.computeIfAbsent(sent[i], any -> new ArrayList<>(1)).add(sent[i + 1]);
        headers.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(headers);
    }

    /** Where that name stands, from there on; the end if it does not. */
    private int place(@Nullable Object name, int from) {
        int at = from;
        while (at < sent.length && !sent[at].equals(name)) at += 2;
        return at;
    }

    @Override
    public @Nullable List<String> get(@Nullable Object name) {
        int at = place(name, 0);
        if (at == sent.length) return null;
        int next = place(name, at + 2);
        if (next == sent.length) return List.of(sent[at + 1]);
        List<String> values = new ArrayList<>();
        for (; at < sent.length; at = place(name, at + 2)) values.add(sent[at + 1]);
        return Collections.unmodifiableList(values);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name, 0) < sent.length;
    }

    @Override
    public Set<Entry<String, List<String>>> entrySet() {
        return many(sent).entrySet();
    }
}
