package dev.aikit.json.internal;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that does not change, each value made of that object's when it is asked for.
 *
 * @param <V> the values
 */
public abstract class MappedFields<V extends @Nullable Object> extends AbstractMap<String, V> {
    private final Map<?, ?> fields;

    /** Of that object, which is not copied. */
    protected MappedFields(Map<?, ?> fields) {
        this.fields = fields;
    }

    /** The value of a field that has that one in the object. */
    protected abstract V value(Object name, @Nullable Object plain);

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return fields.containsKey(name);
    }

    @Override
    public @Nullable V get(@Nullable Object name) {
        Object found = fields.get(name);
        return name != null && (found != null || fields.containsKey(name)) ? value(name, found) : null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        fields.forEach((name, plain) -> action.accept((String) name, value(name, plain)));
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return fields.size();
            }

            @Override
            public Iterator<Entry<String, V>> iterator() {
                return new Entries(fields.entrySet().iterator());
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, V>> {
        private final Iterator<? extends Entry<?, ?>> each;

        Entries(Iterator<? extends Entry<?, ?>> each) {
            this.each = each;
        }

        @Override
        public boolean hasNext() {
            return each.hasNext();
        }

        @Override
        public Entry<String, V> next() {
            Entry<?, ?> next = each.next();
            return new SimpleImmutableEntry<>((String) next.getKey(), value(next.getKey(), next.getValue()));
        }
    }
}
