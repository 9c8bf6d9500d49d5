package dev.aikit.json;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records of a sealed interface. JSON does not say which of them it holds: the names of its fields do. */
final class JsonVariants {
    private JsonVariants() {}

    /** The record whose fields those are; null if it is none of them, or if it may be several. */
    static @Nullable Class<?> of(Class<?> sealed, Set<?> names) {
        List<Class<?>> records = records(sealed);
        for (Class<?> each : records) if (names(each).equals(names)) return each;
        List<Class<?>> fitting = records.stream()
                .filter(each -> names.containsAll(required(each)) && names(each).containsAll(names))
                .toList();
        return fitting.size() == 1 ? fitting.get(0) : null;
    }

    private static List<Class<?>> records(Class<?> type) {
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
