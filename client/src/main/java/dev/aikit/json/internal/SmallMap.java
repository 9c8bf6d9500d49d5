package dev.aikit.json.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of a few names, in their order, in one array: names at even places, each followed by its value. Immutable. Takes a
 * fifth of the memory of a {@code LinkedHashMap}; to look through a few names is as fast as to hash one.
 */
public final class SmallMap<V extends @Nullable Object> extends AbstractMap<String, V> {
    /** JSON objects with more fields are better kept in a hash map. */
    public static final int MOST = 16;

    private final @Nullable Object[] namesAndValues;

    /** Of names that differ; the array is not copied. */
    public SmallMap(@Nullable Object[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    @SuppressWarnings("unchecked") // who makes the map sees to it
    private V value(int at) {
        return (V) namesAndValues[at + 1];
    }

    /** Of the names and values up to {@code used}. */
    public static <V extends @Nullable Object> SmallMap<V> of(@Nullable Object[] namesAndValues, int used) {
        return new SmallMap<>(used == namesAndValues.length ? namesAndValues : Arrays.copyOf(namesAndValues, used));
    }

    /** A map as another, with one value set, or added at the end; it cannot be changed. */
    public static <V extends @Nullable Object> Map<String, V> with(Map<?, ? extends V> other, String name, V value) {
        int size = 2 * other.size();
        @Nullable Object[] all = new @Nullable Object[size + 2];
        if (other instanceof SmallMap<?> small) System.arraycopy(small.namesAndValues, 0, all, 0, size);
        else copy(other, all);
        int at = place(all, size, name);
        all[at] = name;
        all[at + 1] = value;
        int used = Math.max(size, at + 2);
        if (used <= 2 * MOST) return of(all, used);
        Map<String, V> large = new LinkedHashMap<>();
        SmallMap.<V>of(all, used).forEach(large::put);
        return Collections.unmodifiableMap(large);
    }

    private static void copy(Map<?, ?> map, @Nullable Object[] all) {
        int at = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            all[at++] = entry.getKey();
            all[at++] = entry.getValue();
        }
    }

    /** Where that name stands among the names and values up to {@code used}; {@code used} if it does not. */
    public static int place(@Nullable Object[] namesAndValues, int used, @Nullable Object name) {
        int at = 0;
        while (at < used && !namesAndValues[at].equals(name)) at += 2;
        return at;
    }

    private int place(@Nullable Object name) {
        return place(namesAndValues, namesAndValues.length, name);
    }

    @Override
    public @Nullable V get(@Nullable Object name) {
        int at = place(name);
        return at == namesAndValues.length ? null : value(at);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) < namesAndValues.length;
    }

    @Override
    public int size() {
        return namesAndValues.length / 2;
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return SmallMap.this.size();
            }

            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, V>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < namesAndValues.length;
        }

        @Override
        public Entry<String, V> next() {
            if (!hasNext()) throw new NoSuchElementException();
            at += 2;
            return new SimpleImmutableEntry<>((String) namesAndValues[at - 2], value(at - 2));
        }
    }

    @Override
    public void forEach(java.util.function.BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < namesAndValues.length; i += 2) action.accept((String) namesAndValues[i], value(i));
    }
}
