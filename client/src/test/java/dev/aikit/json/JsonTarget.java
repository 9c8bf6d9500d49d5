package dev.aikit.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Any bytes as JSON: read as the standard reads them or refused, and what was read can be asked for anything. */
public final class JsonTarget {
    private JsonTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Json json = parsed(input);
        compare(input, json);
        Object atSight = JsonAtSight.read(input);
        if (atSight != JsonTokens.UNKNOWN)
            check(Objects.equals(atSight, JsonParsing.read(input, false)), "at sight it is " + atSight);
        if (json == null) return;
        askForEverything(json, 0);
        Json written = Json.parse(Json.of(json.toJava()).toBytes());
        check(written.equals(json), "written and read again it is " + written + " instead of " + json);
        check(written.hashCode() == json.hashCode(), "the same values have two hash codes");
        check(Json.lazily(input).equals(json), "read later it is another value");
        check(json.with("x", 1).get("x").asInt(0) == 1, "a field that was set is not there");
    }

    private static Json parsed(byte[] input) {
        try {
            return Json.parse(input);
        } catch (JsonException refused) {
            if (!String.valueOf(refused.getMessage()).contains("JSON"))
                throw new AssertionError("the refusal does not say of what", refused);
            return null;
        }
    }

    /** Where the bytes are UTF-8: Jackson looks at the first four for other encodings. */
    private static void compare(byte[] input, Json json) {
        for (int i = 0; i < Math.min(4, input.length); i++) if (input[i] == 0 || (input[i] & 0xff) >= 0xef) return;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return;
        }
        try {
            ReferenceJson.Read expected = ReferenceJson.read(text);
            if (json == null) check(expected.extreme(), "JSON is refused");
            else if (!expected.extreme()) check(same(expected.value(), json.toJava()), "read as " + json.toJava());
        } catch (ReferenceJson.NotJson notJson) {
            check(json == null, "what is not JSON was read as " + json);
        }
    }

    private static boolean same(Object expected, Object found) {
        if (expected instanceof BigDecimal number)
            return found instanceof Double other
                    ? number.doubleValue() == other
                    : found instanceof Number && new BigDecimal(found.toString()).compareTo(number) == 0;
        if (expected instanceof List<?> list)
            return found instanceof List<?> others && sameItems(list.iterator(), others.iterator());
        if (expected instanceof Map<?, ?> map)
            return found instanceof Map<?, ?> others
                    && List.copyOf(map.keySet()).equals(List.copyOf(others.keySet()))
                    && sameItems(map.values().iterator(), others.values().iterator());
        return Objects.equals(expected, found);
    }

    private static boolean sameItems(Iterator<?> expected, Iterator<?> found) {
        while (expected.hasNext() && found.hasNext()) if (!same(expected.next(), found.next())) return false;
        return !expected.hasNext() && !found.hasNext();
    }

    private static void askForEverything(Json json, int depth) {
        json.asText();
        json.asInt(0);
        json.asLong(0);
        json.asDouble(0);
        json.asBoolean(false);
        json.get("a").get(0).get("b").isPresent();
        json.toString();
        check(json.size() == json.items().size() + json.fields().size(), "the size is another");
        for (Class<?> type : List.of(
                int.class, long.class, double.class, boolean.class, String.class, Map.class, List.class, int[].class))
            fits(json, type);
        List<Json> inner = new ArrayList<>(json.items());
        inner.addAll(json.fields().values());
        if (depth < 3) inner.stream().limit(20).forEach(item -> askForEverything(item, depth + 1));
    }

    private static void fits(Json json, Class<?> type) {
        try {
            json.as(type);
        } catch (JsonException doesNotFit) {
            check(doesNotFit.getMessage() != null, "no reason is given");
        }
    }

    private static void check(boolean right, String wrong) {
        if (!right) throw new AssertionError(wrong);
    }
}
