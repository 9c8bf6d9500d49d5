package dev.aikit.json;

import dev.aikit.json.internal.SmallMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What has been read of the objects and arrays that are not complete: names and values, one after the other. */
final class JsonParts {
    private @Nullable Object[] stack = new Object[32];
    private int used;

    /** Where an object or array begins whose parts are added from now on. */
    int begin() {
        return used;
    }

    void add(@Nullable Object part) {
        if (used == stack.length) stack = Arrays.copyOf(stack, used * 2);
        stack[used++] = part;
    }

    /** The object that began there, of the names and values added since. */
    Map<String, @Nullable Object> object(int start) {
        if (used == start) return Map.of();
        boolean small = used - start <= 2 * SmallMap.MOST && !mayHoldTwice(start);
        return small ? new SmallMap<>(taken(start)) : Collections.unmodifiableMap(hashed(start));
    }

    /** Only names whose hashes have the same last bits are compared: none, in most small objects. */
    private boolean mayHoldTwice(int start) {
        long seen = 0;
        for (int i = start; i < used; i += 2) {
            long bit = 1L << Objects.hashCode(stack[i]);
            if ((seen & bit) != 0) return holdsTwice(start);
            seen |= bit;
        }
        return false;
    }

    private boolean holdsTwice(int start) {
        for (int i = start + 2; i < used; i += 2)
            for (int j = start; j < i; j += 2) if (Objects.equals(stack[i], stack[j])) return true;
        return false;
    }

    /** The last one of a name counts, as everywhere. */
    private Map<String, @Nullable Object> hashed(int start) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = start; i < used; i += 2) fields.put((String) Objects.requireNonNull(stack[i]), stack[i + 1]);
        used = start;
        return fields;
    }

    /** The array that began there, of the values added since. */
    List<@Nullable Object> array(int start) {
        return used == start ? List.of() : Collections.unmodifiableList(Arrays.asList(taken(start)));
    }

    private @Nullable Object[] taken(int start) {
        Object[] taken = Arrays.copyOfRange(stack, start, used);
        used = start;
        return taken;
    }
}
