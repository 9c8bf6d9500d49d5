package dev.aikit.json;

import dev.aikit.json.internal.SmallMap;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** From Java values to plain ones: what JSON knows. */
final class JsonWriting {
    private JsonWriting() {}

    /** An unmodifiable copy that holds only what JSON knows, so that later changes by the caller do no harm. */
    static @Nullable Object plain(@Nullable Object object) {
        return plain(object, 0);
    }

    private static @Nullable Object plain(@Nullable Object object, int depth) {
        if (object == null || object instanceof String || object instanceof Boolean) return object;
        if (object instanceof Json json) return json.toJava();
        if (object instanceof Number number) return number(number);
        if (object instanceof CharSequence || object instanceof Character || object instanceof Enum)
            return object.toString();
        boolean holdsOthers = object instanceof Map || object instanceof Collection;
        String text = holdsOthers ? null : JsonScalars.text(object);
        if (text != null) return text;
        if (depth == JsonReading.MAX_DEPTH)
            throw new JsonException("nested deeper than " + JsonReading.MAX_DEPTH + " levels; does it hold itself?");
        if (object instanceof Map<?, ?> map) return object(map, depth + 1);
        if (object instanceof Collection<?> elements) return array(elements, depth + 1);
        if (object instanceof java.util.Optional<?> optional) return plain(optional.orElse(null), depth + 1);
        if (object instanceof Record value) return object(components(value), depth + 1);
        if (object.getClass().isArray()) return array(elements(object), depth + 1);
        if (object instanceof Iterable<?> each && !JsonBeans.isOfJava(object.getClass()))
            return array(elements(each), depth + 1);
        return object(JsonBeans.properties(object), depth + 1);
    }

    private static Number number(Number number) {
        if (number instanceof Long || number instanceof BigInteger || number instanceof BigDecimal) return number;
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) return number.longValue();
        if (number instanceof AtomicLong || number instanceof AtomicInteger || number instanceof LongAdder)
            return number.longValue();
        // A float keeps its own shortest digits: 0.1f is 0.1, not 0.10000000149011612.
        double value = number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
        if (!Double.isFinite(value)) throw new JsonException("JSON has no number for " + number);
        return value;
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> map, int depth) {
        if (map.size() <= SmallMap.MOST) return small(map, depth);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), plain(value, depth)));
        return Collections.unmodifiableMap(fields);
    }

    private static Map<String, @Nullable Object> small(Map<?, ?> map, int depth) {
        @Nullable Object[] fields = new Object[2 * map.size()];
        int used = 0;
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String name = String.valueOf(field.getKey());
            int at = SmallMap.place(fields, used, name); // two keys may have one name
            if (at == fields.length) fields = Arrays.copyOf(fields, at + 2); // another thread may add to it
            fields[at] = name;
            fields[at + 1] = plain(field.getValue(), depth);
            used = Math.max(used, at + 2);
        }
        return SmallMap.of(fields, used);
    }

    private static List<@Nullable Object> array(Collection<?> elements, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(elements.size());
        for (Object element : elements) copy.add(plain(element, depth));
        return Collections.unmodifiableList(copy);
    }

    private static List<@Nullable Object> elements(Object array) {
        int length = Array.getLength(array);
        List<@Nullable Object> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) elements.add(Array.get(array, i));
        return elements;
    }

    private static List<@Nullable Object> elements(Iterable<?> object) {
        List<@Nullable Object> elements = new ArrayList<>();
        object.forEach(elements::add);
        return elements;
    }

    private static Map<String, @Nullable Object> components(Record value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (RecordComponent each : value.getClass().getRecordComponents())
            fields.put(each.getName(), JsonReflection.got(value, each.getName(), each.getAccessor()));
        return fields;
    }
}
