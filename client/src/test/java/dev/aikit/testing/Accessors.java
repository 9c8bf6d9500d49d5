package dev.aikit.testing;

import dev.aikit.OpenAIResult;
import dev.aikit.Vector;
import dev.aikit.json.Json;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what typed objects say with the JSON that they were read from: each method without arguments with the field of
 * its name in snake_case, and so on down to texts and numbers.
 */
public final class Accessors {
    /** What a result says of the call, and not of the answer. */
    private static final Set<String> OF_THE_CALL = Stream.concat(
                    Stream.of(OpenAIResult.class.getMethods(), Record.class.getMethods())
                            .flatMap(Arrays::stream)
                            .map(Method::getName)
                            .filter(name -> !Set.of("usage", "json").contains(name)),
                    Stream.of("isPresent"))
            .collect(Collectors.toSet());

    /** What does something, and is no field. */
    private static final Set<String> FUNCTIONS = Set.of("nextPage", "all", "asBlob", "asPicture", "download");

    private final Map<String, String> elsewhere;
    private final Set<String> compared = new TreeSet<>();
    private final Set<String> known = new TreeSet<>();
    private final List<String> differences = new ArrayList<>();

    /**
     * @param elsewhere accessors ("Class.method") whose field has not their name: its path, such as "choices/0"; "" is
     *     the whole object
     */
    public Accessors(Map<String, String> elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Compares an object with the JSON that it stands for. */
    public void compare(Object model, Json raw) {
        for (Method method : model.getClass().getMethods()) {
            if (method.getParameterCount() > 0
                    || Modifier.isStatic(method.getModifiers())
                    || OF_THE_CALL.contains(method.getName())
                    || FUNCTIONS.contains(method.getName())) continue;
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            known.add(name);
            Json field = follow(raw, elsewhere.getOrDefault(name, snake(method.getName())));
            if (!field.isPresent()) continue;
            compared.add(name);
            value(name, invoke(method, model), field);
        }
    }

    /** What did not agree. */
    public List<String> differences() {
        return differences;
    }

    /** The accessors that were compared with a field at least once. */
    public Set<String> compared() {
        return compared;
    }

    /** The accessors that never had a field to be compared with. */
    public Set<String> never() {
        Set<String> never = new TreeSet<>(known);
        never.removeAll(compared);
        return never;
    }

    private static String snake(String name) {
        if (name.equals("json")) return ""; // what it was read from, as a whole
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Json follow(Json raw, String path) {
        Json at = raw;
        for (String step : path.isEmpty() ? new String[0] : path.split("/"))
            at = step.matches("\\d+") ? at.get(Integer.parseInt(step)) : at.get(step);
        return at;
    }

    private static Object invoke(Method method, Object model) {
        try {
            return method.invoke(model);
        } catch (ReflectiveOperationException error) {
            throw new AssertionError(model.getClass().getSimpleName() + "." + method.getName(), error);
        }
    }

    private void value(String name, Object value, Json field) {
        if (value instanceof Json json) require(name, json, field, json.equals(field));
        else if (value instanceof String text) require(name, text, field, text.equals(text(field)));
        else if (value instanceof Boolean truth) require(name, truth, field, truth.equals(field.toJava()));
        else if (value instanceof Float number) require(name, number, field, number == (float) field.asDouble(0));
        else if (value instanceof Number number) require(name, number, field, sameNumber(number, field));
        else if (value instanceof Vector vector) value(name, floats(vector), field);
        else if (value instanceof List<?> list) list(name, list, field);
        else if (value instanceof Map<?, ?> map) map(name, map, field);
        else if (value != null && value.getClass().getName().startsWith("dev.aikit.")) compare(value, field);
        else require(name, value, field, false);
    }

    /** A text; of a message in parts, what its texts say. */
    private static String text(Json field) {
        if (field.isArray())
            return String.join("", field.map(part -> part.get("text").asText()));
        return field.asText();
    }

    private static boolean sameNumber(Number number, Json field) {
        return field.isNumber() && new BigDecimal(number.toString()).compareTo(new BigDecimal(field.asText())) == 0;
    }

    private static List<Float> floats(Vector vector) {
        List<Float> floats = new ArrayList<>();
        for (float number : vector.toArray()) floats.add(number);
        return floats;
    }

    private void list(String name, List<?> list, Json field) {
        require(name, "a list of " + list.size(), field, list.size() == field.size());
        for (int i = 0; i < list.size(); i++) value(name, list.get(i), field.get(i));
    }

    private void map(String name, Map<?, ?> map, Json field) {
        require(name, map.keySet(), field, map.keySet().equals(field.fields().keySet()));
        map.forEach((key, value) -> value(name, value, field.get((String) key)));
    }

    private void require(String name, Object value, Json field, boolean holds) {
        if (!holds) differences.add(name + " is " + value + ", but the server sent " + field);
    }
}
