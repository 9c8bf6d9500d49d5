package dev.aikit.json;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The records of a sealed interface. JSON does not say which of them it holds: the names of its fields do. Names that none
 * of the records has are passed over, as in a record.
 */
final class JsonVariants {
    private JsonVariants() {}

    /** The record whose fields those are; null if it is none of them, or if it may be several. */
    static @Nullable Class<?> of(Class<?> sealed, Set<?> fields) {
        List<Class<?>> records = records(sealed);
        Set<?> names = fields.stream()
                .filter(name -> records.stream().anyMatch(each -> names(each).contains(name)))
                .collect(Collectors.toSet());
        List<Class<?>> exact =
                records.stream().filter(each -> names(each).equals(names)).toList();
        if (exact.size() == 1) return exact.get(0);
        List<Class<?>> fitting = records.stream()
                .filter(each -> names.containsAll(required(each)) && names(each).containsAll(names))
                .toList();
        return fitting.size() == 1 ? fitting.get(0) : null;
    }

    /** Why its JSON cannot be told apart; null if it can. */
    static @Nullable String flaw(Class<?> sealed) {
        for (Class<?> each : sealed.getPermittedSubclasses()) {
            if (!each.isRecord() && !each.isSealed())
                return sealed.getName() + ": " + each.getSimpleName()
                        + ": only records may implement a sealed interface here";
            String flaw = each.isRecord() ? null : flaw(each);
            if (flaw != null) return flaw;
        }
        Map<Set<String>, Class<?>> known = new HashMap<>();
        for (Class<?> each : records(sealed)) {
            Class<?> twin = known.put(names(each), each);
            if (twin != null && twin != each)
                return sealed.getName() + ": " + twin.getSimpleName() + " and " + each.getSimpleName()
                        + " have components of the same names, so that their JSON cannot be told apart";
        }
        return null;
    }

    /** Which fields say what. */
    static String described(Class<?> sealed) {
        return records(sealed).stream()
                .map(each -> each.getSimpleName() + " is told by the fields " + new TreeSet<>(names(each)))
                .collect(Collectors.joining(", "));
    }

    static List<Class<?>> records(Class<?> type) {
        if (type.isRecord()) return List.of(type);
        List<Class<?>> all = new ArrayList<>();
        if (type.isSealed()) for (Class<?> each : type.getPermittedSubclasses()) all.addAll(records(each));
        return all;
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> required(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(each -> !JsonSchemaProvider.isNullable(each, each.getAnnotatedType()))
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }
}
