package dev.aikit.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The model of a body is found and exchanged, and nothing else in it changes. */
class ModelFieldTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"a\"} | {\"model\":\"x:\\\"é\"}",
                "{ \"n\" : 1.50 ,~\"model\" : \"a\\\"b\" , \"m\":[1e5, \"model\"] } | { \"n\" : 1.50 ,~\"model\" : \"x:\\\"é\" , \"m\":[1e5, \"model\"] }",
                "{\"input\":{\"model\":\"no\"},\"s\":\"\\\\\",\"t\":true,\"u\":null,\"model\":\"a\"} | {\"input\":{\"model\":\"no\"},\"s\":\"\\\\\",\"t\":true,\"u\":null,\"model\":\"x:\\\"é\"}",
                "{\"a\":[{\"b\":\"}]\"}],\"model\":\"a\"} | {\"a\":[{\"b\":\"}]\"}],\"model\":\"x:\\\"é\"}",
            })
    void isExchangedInItsPlace(String before, String after) {
        byte[] body = bytes(before.replace('~', '\n'));
        assertThat(ModelField.of(body)).startsWith("a");
        assertThat(ModelField.with(body, "x:\"é")).isEqualTo(bytes(after.replace('~', '\n')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "[\"model\",\"a\"]",
                "\"model\"",
                "{\"models\":\"a\"}",
                "{\"x\":{\"model\":\"a\"}}",
                "{\"model\":",
                "{\"model\":\"a",
                "{\"model\"",
                "{model:\"a\"}",
                "{\"model\" \"a\"}",
                "{\"x\":[[[",
                "{\"x\":1 2,\"model\":\"a\"}",
                "--boundary\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\na\r\n--boundary--",
            })
    void isNotThere(String body) {
        assertThat(ModelField.of(bytes(body))).isNull();
        assertThat(ModelField.with(bytes(body), "b")).isEqualTo(bytes(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "{\"model\":\"a\"}", "[\"a\"]", "true"})
    void isNoText(String value) {
        assertThat(ModelField.of(bytes("{\"model\":" + value + ",\"x\":1}"))).isNull();
    }

    @Test
    void isFoundInAnyObjectThatJsonCanBe() {
        Random random = new Random(20261123);
        for (int run = 0; run < 2_000; run++) {
            Map<String, Object> body = object(random, 0);
            body.remove("model");
            List<String> before = new ArrayList<>(body.keySet());
            String model = text(random);
            int place = random.nextInt(before.size() + 1);
            Map<String, Object> withModel = new LinkedHashMap<>();
            for (int i = 0; i <= before.size(); i++) {
                if (i == place) withModel.put("model", model);
                if (i < before.size()) withModel.put(before.get(i), body.get(before.get(i)));
            }
            byte[] written = Json.of(withModel).toBytes();
            String other = text(random);

            assertThat(ModelField.of(written)).isEqualTo(model);
            withModel.put("model", other);
            assertThat(ModelField.with(written, other))
                    .isEqualTo(Json.of(withModel).toBytes());
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) object.put(text(random), value(random, depth));
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> text(random);
            case 1 -> random.nextInt();
            case 2 -> random.nextDouble();
            case 3 -> random.nextBoolean();
            case 4 -> object(random, depth + 1);
            default -> List.of(value(random, depth + 1), value(random, depth + 1));
        };
    }

    private static String text(Random random) {
        String[] parts = {"model", "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "é", "😀", "\n", "a"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) text.append(parts[random.nextInt(parts.length)]);
        return text.toString();
    }
}
