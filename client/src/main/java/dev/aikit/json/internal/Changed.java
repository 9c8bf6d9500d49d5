package dev.aikit.json.internal;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
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

    private static final class Fields extends MappedFields<@Nullable Object> {
        private final String name;
        private final Object changed;

        Fields(Map<?, ?> map, String name, Object changed) {
            super(map);
            this.name = name;
            this.changed = changed;
        }

        @Override
        protected @Nullable Object value(Object field, @Nullable Object plain) {
            return name.equals(field) ? changed : plain;
        }

        /** The changed one, which is mostly asked for, without a look at the others. */
        @Override
        public @Nullable Object get(@Nullable Object field) {
            return name.equals(field) ? changed : super.get(field);
        }
    }
}
