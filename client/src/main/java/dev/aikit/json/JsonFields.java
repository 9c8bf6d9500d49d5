package dev.aikit.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The fields of an object that does not change, each made a {@link Json} when it is asked for. */
final class JsonFields extends AbstractMap<String, Json> {
    private final Map<?, ?> plain;

    JsonFields(Map<?, ?> plain) {
        this.plain = plain;
    }

    @Override
    public int size() {
        return plain.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return plain.containsKey(name);
    }

    @Override
    public @Nullable Json get(@Nullable Object name) {
        Object found = plain.get(name);
        return found != null || plain.containsKey(name) ? Json.wrap(found) : null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Json> action) {
        plain.forEach((name, value) -> action.accept((String) name, Json.wrap(value)));
    }

    @Override
    public Set<Entry<String, Json>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return plain.size();
            }

            @Override
            public Iterator<Entry<String, Json>> iterator() {
                Iterator<? extends Entry<?, ?>> each = plain.entrySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Entry<String, Json> next() {
                        Entry<?, ?> next = each.next();
                        return new SimpleImmutableEntry<>((String) next.getKey(), Json.wrap(next.getValue()));
                    }
                };
            }
        };
    }
}
