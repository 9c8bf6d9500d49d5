package dev.aikit.json.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
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
