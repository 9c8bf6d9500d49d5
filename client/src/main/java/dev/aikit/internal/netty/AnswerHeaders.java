package dev.aikit.internal.netty;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer while Netty's decoder reads it: in one array, where Netty's own make an entry of a hash map of
 * each. To look through a few is as fast as to hash one. Has what the decoder asks for, and its checks; what it does not ask
 * for is refused, so that a newer Netty that does is noticed.
 */
final class AnswerHeaders extends HttpHeaders {
    private final HeaderNames names;
    /** Names in lower case, each followed by its value, in the order of arrival. */
    private String[] sent;

    private int used;

    AnswerHeaders(HeaderNames names) {
        this.names = names;
        sent = new String[names.usual];
    }

    /** As the seam wants them; what is changed here from now on does not change those. */
    Map<String, List<String>> taken() {
        names.usual = Math.min(used, HeaderNames.MOST_USUAL);
        if (used < sent.length) sent = Arrays.copyOf(sent, used);
        return Heads.of(sent);
    }

    /** Where that name stands, from there on; -1 if it does not. */
    private int place(CharSequence name, int from) {
        for (int at = from; at < used; at += 2) if (AsciiString.contentEqualsIgnoreCase(name, sent[at])) return at;
        return -1;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        HeaderNames.Name known = names.of(name);
        known.check();
        return add(known, known.value(value.toString()));
    }

    /** A line that holds what is allowed: a name from there to the colon, and a value from there to the end. */
    void add(byte[] line, int start, int colon, int end) {
        int from = colon + 1;
        int to = end;
        while (from < to && isSpace(line[from])) from++;
        while (from < to && isSpace(line[to - 1])) to--;
        HeaderNames.Name known = names.of(line, start, colon - start);
        add(known, known.value(line, from, to));
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    private HttpHeaders add(HeaderNames.Name known, String text) {
        if (used == sent.length) sent = Arrays.copyOf(sent, Math.max(HeaderNames.MOST_USUAL, 2 * used));
        sent[used++] = known.lowerCase;
        sent[used++] = text;
        return this;
    }

    /** Most answers have none of those that are asked for so. */
    @Override
    public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
        return place(name, 0) >= 0 && super.containsValue(name, value, ignoreCase);
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        return add((CharSequence) name, value);
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> values) {
        for (Object value : values) add(name, value);
        return this;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        return remove(name).add(name, value);
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> values) {
        return remove(name).add(name, values);
    }

    @Override
    public HttpHeaders remove(String name) {
        if (place(name, 0) < 0) return this;
        String[] before = sent;
        int all = used;
        clear();
        for (int at = 0; at < all; at += 2) {
            if (AsciiString.contentEqualsIgnoreCase(name, before[at])) continue;
            sent[used++] = before[at];
            sent[used++] = before[at + 1];
        }
        return this;
    }

    @Override
    public HttpHeaders clear() {
        sent = new String[sent.length];
        used = 0;
        return this;
    }

    @Override
    public @Nullable String get(CharSequence name) {
        int at = place(name, 0);
        return at < 0 ? null : sent[at + 1];
    }

    @Override
    public @Nullable String get(String name) {
        return get((CharSequence) name);
    }

    @Override
    public List<String> getAll(CharSequence name) {
        int at = place(name, 0);
        if (at < 0) return List.of();
        List<String> values = new ArrayList<>(1);
        for (; at >= 0; at = place(name, at + 2)) values.add(sent[at + 1]);
        return values;
    }

    @Override
    public List<String> getAll(String name) {
        return getAll((CharSequence) name);
    }

    @Override
    public boolean contains(CharSequence name) {
        return place(name, 0) >= 0;
    }

    @Override
    public boolean contains(String name) {
        return place(name, 0) >= 0;
    }

    @Override
    public boolean isEmpty() {
        return used == 0;
    }

    @Override
    public int size() {
        return used / 2;
    }

    @Override
    public Set<String> names() {
        Set<String> all = new LinkedHashSet<>();
        for (int at = 0; at < used; at += 2) all.add(sent[at]);
        return all;
    }

    private <E> List<E> each(BiFunction<String, String, E> made) {
        List<E> all = new ArrayList<>();
        for (int at = 0; at < used; at += 2) all.add(made.apply(sent[at], sent[at + 1]));
        return all;
    }

    @Override
    public List<Map.Entry<String, String>> entries() {
        return each(SimpleImmutableEntry::new);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty wants it all the same
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries().iterator();
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        return this.<Map.Entry<CharSequence, CharSequence>>each(SimpleImmutableEntry::new)
                .iterator();
    }

    private static UnsupportedOperationException notAsked() {
        return new UnsupportedOperationException("the decoder of answers does not ask for it");
    }

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        throw notAsked();
    }

    @Override
    public int getInt(CharSequence name, int otherwise) {
        throw notAsked();
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        throw notAsked();
    }

    @Override
    public short getShort(CharSequence name, short otherwise) {
        throw notAsked();
    }

    @Override
    public @Nullable Long getTimeMillis(CharSequence name) {
        throw notAsked();
    }

    @Override
    public long getTimeMillis(CharSequence name, long otherwise) {
        throw notAsked();
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        throw notAsked();
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        throw notAsked();
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        throw notAsked();
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        throw notAsked();
    }
}
