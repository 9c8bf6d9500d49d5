package dev.aikit.schema.internal;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.TypeContext;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The records of a sealed interface, which have to differ in the names of their components: JSON has nothing else. */
final class Variants {
    private Variants() {}

    static @Nullable List<ResolvedType> of(ResolvedType declared, TypeContext context) {
        Class<?> type = declared.getErasedType();
        if (!type.isSealed() || type.isEnum()) return null; // an enum whose constants have bodies is sealed
        List<Class<?>> records = records(type);
        Map<Set<String>, Class<?>> known = new HashMap<>();
        for (Class<?> each : records) {
            Class<?> twin = known.put(names(each), each);
            if (twin != null)
                throw new IllegalArgumentException(type.getName() + ": " + twin.getSimpleName() + " and "
                        + each.getSimpleName()
                        + " have components of the same names, so that their JSON cannot be told apart");
        }
        return records.stream().map(each -> context.resolve(each)).toList();
    }

    private static List<Class<?>> records(Class<?> type) {
        if (type.isRecord()) return List.of(type);
        if (!type.isSealed())
            throw new IllegalArgumentException(type.getName() + ": only records may implement a sealed interface here");
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> each : type.getPermittedSubclasses()) all.addAll(records(each));
        return all;
    }

    private static Set<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
    }
}
