package dev.aikit.json;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a type asks of the reading, known before there is JSON: why it can never be read, and whether each digit counts. */
final class JsonDemands {
    private static final ClassValue<JsonDemands> KNOWN = new ClassValue<>() {
        @Override
        protected JsonDemands computeValue(Class<?> type) {
            return of(JsonShape.of(type), type.getSimpleName());
        }
    };

    /** Far more than a model could follow; a type may hold ever larger ones of itself. */
    private static final int MAX_SHAPES = 1000;

    private final Set<JsonShape> seen = new HashSet<>();
    /** Those that were seen only where it does not matter whether they can be read. */
    private final Set<JsonShape> forgiven = new HashSet<>();

    private boolean forgiving;
    private boolean exact;
    private @Nullable String refusal;

    private JsonDemands() {}

    static JsonDemands of(Class<?> type) {
        return KNOWN.get(type);
    }

    static JsonDemands of(JsonShape shape, String where) {
        JsonDemands demands = new JsonDemands();
        demands.look(shape, where, 0);
        demands.seen.clear();
        demands.forgiven.clear();
        return demands;
    }

    /** Whether it holds numbers of which a double may not hold all digits. */
    boolean exact() {
        return exact;
    }

    void requireReadable() {
        if (refusal != null) throw new IllegalArgumentException("type: " + refusal);
    }

    private void look(JsonShape shape, String where, int depth) {
        Set<JsonShape> known = forgiving ? forgiven : seen;
        if (depth > JsonReading.MAX_DEPTH || known.size() == MAX_SHAPES || !known.add(shape)) return;
        Class<?> raw = shape.raw();
        exact |= JsonScalars.isExact(raw);
        if (raw == Object.class || raw == Json.class || raw.isEnum() || JsonScalars.knows(raw)) return;
        if (raw == java.util.Map.class) map(shape, where, depth);
        else if (raw == Optional.class || raw == Set.class || raw.isArray() || raw.isAssignableFrom(List.class))
            look(shape.argument(0), where, depth + 1);
        else if (raw.isRecord())
            for (RecordComponent each : raw.getRecordComponents())
                look(shape.component(each), where + "." + each.getName(), depth + 1);
        else if (raw.isSealed()) variants(raw, depth);
        else if (!isSomeScalar(raw)) object(shape, where, depth);
    }

    private void map(JsonShape shape, String where, int depth) {
        Class<?> key = shape.argument(0).raw();
        if (!key.isAssignableFrom(String.class) && !key.isEnum())
            refuse(where + ": the keys of a map are texts, or constants of an enum, not " + key.getName());
        look(shape.argument(1), where, depth + 1);
    }

    private void variants(Class<?> sealed, int depth) {
        String twins = JsonVariants.flaw(sealed);
        if (twins != null) refuse(twins);
        else
            for (Class<?> each : JsonVariants.records(sealed))
                look(JsonShape.of(each), each.getSimpleName(), depth + 1);
    }

    private void object(JsonShape shape, String where, int depth) {
        boolean before = forgiving;
        forgiving |= shape.nullable(); // null can be read instead
        String flaw = JsonBeans.flaw(shape.raw());
        if (flaw != null) refuse(where + ": " + flaw);
        else for (JsonProperty each : JsonProperty.of(shape.raw())) property(each, where, depth);
        forgiving = before;
    }

    private void property(JsonProperty property, String where, int depth) {
        if (property.setter() == null) return;
        boolean before = forgiving;
        forgiving |= !property.inSchema(); // no answer has it
        look(property.shape(), where + "." + property.name(), depth + 1);
        forgiving = before;
    }

    /** Such as Number or Comparable. */
    private static boolean isSomeScalar(Class<?> raw) {
        return Stream.of(String.class, Long.class, Boolean.class).anyMatch(raw::isAssignableFrom);
    }

    private void refuse(String why) {
        if (refusal == null && !forgiving) refusal = why;
    }
}
