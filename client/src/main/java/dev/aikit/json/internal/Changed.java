package dev.aikit.json.internal;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON values that are another one but for one part, without a copy of the rest. */
public final class Changed {
    private static final String ASTRAY = "the texts of a piece do not stand where they were found";

    private Changed() {}

    /** That object with another value of one of its fields, which it has. */
    public static Map<String, @Nullable Object> with(Map<?, ?> object, String field, Object value) {
        return new Fields(object, field, value);
    }

    /** That value with another text at the end of the way from its step {@code at} on. */
    public static Object of(@Nullable Object value, List<Object> way, int at, String text) {
        if (at == way.size()) return text;
        Object step = way.get(at);
        return with(value, step, of(within(value, step), way, at + 1, text));
    }

    /** What stands in that object or list under a name of a field, or number of an element, which it has. */
    public static @Nullable Object within(@Nullable Object value, Object step) {
        if (step instanceof Integer index && value instanceof List<?> list) return list.get(index);
        if (step instanceof String name && value instanceof Map<?, ?> map) return map.get(name);
        throw new IllegalStateException(ASTRAY);
    }

    /** That object or list with something else there. */
    public static Object with(@Nullable Object value, Object step, Object changed) {
        if (step instanceof Integer index && value instanceof List<?> list) return new Elements(list, index, changed);
        if (step instanceof String name && value instanceof Map<?, ?> map) return new Fields(map, name, changed);
        throw new IllegalStateException(ASTRAY);
    }

    private static final class Elements extends AbstractList<@Nullable Object> {
        private final List<?> list;
        private final int index;
        private final Object changed;

        Elements(List<?> list, int index, Object changed) {
            this.list = list;
            this.index = index;
            this.changed = changed;
        }

        @Override
        public @Nullable Object get(int at) {
            return at == index ? changed : list.get(at);
        }

        @Override
        public int size() {
            return list.size();
        }
    }

    private static final class Fields extends AbstractMap<String, @Nullable Object> {
        private final Map<?, ?> map;
        private final String name;
        private final Object changed;

        Fields(Map<?, ?> map, String name, Object changed) {
            this.map = map;
            this.name = name;
            this.changed = changed;
        }

        @Override
        public @Nullable Object get(@Nullable Object field) {
            return name.equals(field) ? changed : map.get(field);
        }

        @Override
        public boolean containsKey(@Nullable Object field) {
            return map.containsKey(field);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return map.size();
                }

                @Override
                public Iterator<Entry<String, @Nullable Object>> iterator() {
                    return new Entries(map.entrySet().iterator());
                }
            };
        }

        private final class Entries implements Iterator<Entry<String, @Nullable Object>> {
            private final Iterator<? extends Entry<?, ?>> unchanged;

            Entries(Iterator<? extends Entry<?, ?>> unchanged) {
                this.unchanged = unchanged;
            }

            @Override
            public boolean hasNext() {
                return unchanged.hasNext();
            }

            @Override
            public Entry<String, @Nullable Object> next() {
                Entry<?, ?> entry = unchanged.next();
                String field = (String) entry.getKey();
                return new SimpleImmutableEntry<>(field, field.equals(name) ? changed : entry.getValue());
            }
        }
    }
}
