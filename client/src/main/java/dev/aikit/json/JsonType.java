package dev.aikit.json;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Java type as a model has to follow it: the JSON schema that the model is given, and the reading of what it answers.
 * Fields have the names of the components of a record, as they stand there. A component may be null if it is an
 * {@code Optional} or has an annotation named {@code Nullable}; any other has to be there.
 *
 * <p>Reading is done by the client; schemas need the artifact {@code dev.aikit:aikit-schema} beside it.
 *
 * @param <V> what is read
 */
public final class JsonType<V> {
    private static final ClassValue<Map<Boolean, Json>> SCHEMAS = new ClassValue<>() {
        @Override
        protected Map<Boolean, Json> computeValue(Class<?> type) {
            return new java.util.concurrent.ConcurrentHashMap<>();
        }
    };

    private static volatile @Nullable JsonSchemaProvider provider;

    private final String name;
    private final Function<Boolean, Json> schema;
    private final Function<Json, V> reading;

    private JsonType(String name, Function<Boolean, Json> schema, Function<Json, V> reading) {
        this.name = name;
        this.schema = schema;
        this.reading = reading;
    }

    /**
     * A record, or a class with bean properties.
     *
     * @throws IllegalArgumentException if the client may not make a record of that type; the message says what to add. Also
     *     if no JSON could ever be read as it: an interface that is not sealed, a map whose keys are neither texts nor
     *     constants of an enum
     */
    public static <V> JsonType<V> of(Class<V> type) {
        requireAccess(Objects.requireNonNull(type, "type"));
        JsonDemands demands = JsonDemands.of(type);
        demands.requireReadable();
        return new JsonType<>(
                type.getSimpleName(),
                strict -> SCHEMAS.get(type)
                        .computeIfAbsent(strict, any -> provider().schemaOf(type, strict)),
                json -> cast(Objects.requireNonNull(
                        JsonRecords.COMPLETE.value(json.toJava(demands.exact()), JsonShape.of(type), ""))));
    }

    /**
     * An object with a field for each parameter of a method; it is read to the arguments of one call.
     *
     * @param names the names of the fields, in the order of the parameters
     */
    public static JsonType<Object[]> ofParameters(Executable method, List<String> names) {
        Parameter[] parameters = method.getParameters();
        if (names.size() != parameters.length)
            throw new IllegalArgumentException(
                    "names: " + parameters.length + " expected for " + method + ", not " + names);
        Map<String, Parameter> named = new LinkedHashMap<>();
        boolean exact = false;
        for (int i = 0; i < parameters.length; i++) {
            if (named.put(names.get(i), parameters[i]) != null)
                throw new IllegalArgumentException("names: each only once expected for " + method + ", not " + names);
            JsonDemands demands = JsonDemands.of(shape(parameters[i]), names.get(i));
            demands.requireReadable();
            exact |= demands.exact();
        }
        boolean exactly = exact;
        return new JsonType<>(
                method.getName(),
                strict -> provider().schemaOf(named, strict),
                json -> arguments(json, named, exactly));
    }

    private static @Nullable Object[] arguments(Json json, Map<String, Parameter> parameters, boolean exact) {
        if (!json.isObject()) throw new JsonException("an object expected, not " + JsonRecords.cut("" + json));
        Map<?, ?> given = (Map<?, ?>) Objects.requireNonNull(json.toJava(exact));
        return parameters.entrySet().stream()
                .map(each ->
                        JsonRecords.COMPLETE.value(given.get(each.getKey()), shape(each.getValue()), each.getKey()))
                .toArray();
    }

    private static JsonShape shape(Parameter parameter) {
        return JsonShape.of(parameter, parameter.getAnnotatedType());
    }

    /** The simple name of the class, or the method's name. */
    public String name() {
        return name;
    }

    /**
     * The JSON schema.
     *
     * @param strict whether it keeps to what OpenAI's strict mode allows: each field required, no others, no maps
     * @throws IllegalArgumentException if the type has no such schema; the message names the place
     * @throws IllegalStateException if the artifact {@code dev.aikit:aikit-schema} is missing
     */
    public Json schema(boolean strict) {
        return schema.apply(strict);
    }

    /**
     * A value of this type. Fields that the type does not have are passed over.
     *
     * @throws JsonException if the JSON does not fit, or lacks what may not be null; the message names the place
     */
    public V read(Json json) {
        return reading.apply(json);
    }

    @SuppressWarnings("unchecked") // a class of primitives has no other way
    private static <V> V cast(Object value) {
        return (V) value;
    }

    private static JsonSchemaProvider provider() {
        JsonSchemaProvider found = provider;
        if (found != null) return found;
        return provider = ServiceLoader.load(JsonSchemaProvider.class, JsonType.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "JSON schemas are derived by the artifact dev.aikit:aikit-schema, which is missing: add it to the"
                                + " dependencies, and \"requires dev.aikit.schema;\" to a module-info.java"));
    }

    private static void requireAccess(Class<?> type) {
        boolean isBean = !type.isRecord()
                && !type.isInterface()
                && !type.isArray()
                && !type.isPrimitive()
                && !type.isEnum()
                && !JsonBeans.isOfJava(type);
        if (type == Json.class || !isBean && !type.isRecord()) return;
        try {
            if (JsonReflection.constructor(type).trySetAccessible()) return;
        } catch (NoSuchMethodException missing) {
            throw new IllegalArgumentException(
                    "type: a record expected, or a class with a constructor without parameters, not " + type.getName(),
                    missing);
        }
        throw new IllegalArgumentException(
                "type: cannot make a " + type.getName() + ": " + JsonReflection.remedy(type));
    }
}
