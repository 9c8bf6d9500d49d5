package dev.aikit.internal.pieces;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways to the texts of a value, in the order of {@link Texts}: names of fields, and numbers of elements. */
final class Ways {
    private final List<List<Object>> ways = new ArrayList<>();
    private final List<Object> way = new ArrayList<>();

    private Ways() {}

    static List<List<Object>> of(@Nullable Object value) {
        Ways all = new Ways();
        all.look(value);
        return List.copyOf(all.ways);
    }

    private void look(@Nullable Object value) {
        if (value instanceof String) {
            ways.add(List.copyOf(way));
        } else if (value instanceof Map<?, ?> fields) {
            for (Map.Entry<?, ?> field : fields.entrySet()) within(field.getKey(), field.getValue());
        } else if (value instanceof List<?> elements) {
            int element = 0;
            for (Object each : elements) within(element++, each);
        }
    }

    private void within(Object step, @Nullable Object value) {
        way.add(step);
        look(value);
        way.remove(way.size() - 1);
    }
}
