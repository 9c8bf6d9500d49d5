package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as it is read, asked, changed and written. */
class JsonTest {
    @Test
    void aPathIsFollowedToItsEndWhateverIsMissing() {
        Json json = Json.parse("{\"a\":{\"b\":[{\"c\":\"x\"},null]},\"n\":null}");
        assertThat(json.get("a").get("b").get(0).get("c").asText()).isEqualTo("x");
        assertThat(json.get("a").get("nothing").get(7).get("c").asText("else")).isEqualTo("else");
        assertThat(json.get("a").get("b").get(-1).isPresent()).isFalse();
        assertThat(json.get("n").isPresent()).isFalse();
        assertThat(json.get("n").isNull()).isTrue();
        assertThat(json.get("a").get("b").get(1).isNull()).isTrue();
        assertThat(json.get("nothing").isNull()).isFalse();
        assertThat(json.get("nothing")).hasToString("");
        assertThat(json.get("n")).hasToString("null");
    }

    @Test
    void knowsWhatAValueIs() {
        assertThat(Json.parse("{}").isObject()).isTrue();
        assertThat(Json.parse("[]").isArray()).isTrue();
        assertThat(Json.parse("\"\"").isString()).isTrue();
        assertThat(Json.parse("-0").isNumber()).isTrue();
        assertThat(Json.parse("false").isBoolean()).isTrue();
        assertThat(Json.parse("false").isPresent()).isTrue();
        assertThat(Json.parse("null").isPresent()).isFalse();
    }

    @Test
    void turnsValuesIntoThoseOfJavaOrIntoTheOther() {
        Json json =
                Json.parse("{\"i\":7,\"d\":7.9,\"t\":\"8\",\"b\":true,\"big\":12345678901,\"x\":\"no\",\"e\":1e400}");
        assertThat(json.get("i").asInt(0)).isEqualTo(7);
        assertThat(json.get("i").asText()).isEqualTo("7");
        assertThat(json.get("d").asInt(0)).isEqualTo(7);
        assertThat(json.get("d").asDouble(0)).isEqualTo(7.9);
        assertThat(json.get("t").asInt(0)).isEqualTo(8);
        assertThat(json.get("t").asDouble(0)).isEqualTo(8.0);
        assertThat(json.get("b").asBoolean(false)).isTrue();
        assertThat(json.get("b").asText()).isEqualTo("true");
        assertThat(json.get("b").asInt(3)).isEqualTo(3);
        assertThat(json.get("big").asInt(3)).as("out of range").isEqualTo(3);
        assertThat(json.get("big").asLong(3)).isEqualTo(12345678901L);
        assertThat(json.get("x").asInt(3)).isEqualTo(3);
        assertThat(json.get("x").asBoolean(true)).isTrue();
        assertThat(json.get("e").asLong(3)).isEqualTo(3);
        assertThat(json.asText("else")).isEqualTo("else");
    }

    @Test
    void keepsEveryDigitOfWholeNumbers() {
        String big = "123456789012345678901234567890";
        Json json = Json.parse("[" + Long.MAX_VALUE + "," + big + ",\"" + (Long.MAX_VALUE - 1) + "\"]");
        assertThat(json.get(0).asLong(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(json.get(0).asText()).isEqualTo("9223372036854775807");
        assertThat(json.get(1).toJava()).isEqualTo(new BigInteger(big));
        assertThat(json.get(1)).hasToString(big);
        assertThat(json.get(1).asLong(-1)).isEqualTo(-1);
        assertThat(json.get(2).asLong(0)).as("spelled as a text").isEqualTo(Long.MAX_VALUE - 1);
        assertThat(Json.of(BigInteger.valueOf(Long.MAX_VALUE)).asLong(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takesNumbersThatNoDoubleHolds() {
        Json json = Json.parse("{\"n\":1e400}");
        assertThat(json.get("n").toJava()).isEqualTo(new BigDecimal("1e400"));
        assertThat(Json.parse(json.with("m", 1).toString()).get("n").toJava()).isEqualTo(new BigDecimal("1e400"));
        assertThat(Json.of(0.1f)).hasToString("0.1");
        assertThat(Json.of(1e21)).hasToString("1.0E21");
        for (double no : new double[] {Double.NaN, Double.POSITIVE_INFINITY})
            assertThatThrownBy(() -> Json.of(Map.of("a", no))).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483650", "[1E+99999999999]", "-1e999999999999"})
    void refusesNumbersWhoseExponentNothingHolds(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        error -> assertThat(error.isTooLarge()).isTrue());
    }

    @Test
    void refusesMoreValuesThanMemoryShouldHold() {
        byte[] many = ("[" + "{},".repeat(5_000_000) + "{}]").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.parse(many))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        error -> assertThat(error.isTooLarge()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{'a':1}",
                "nul",
                "01",
                "1 2",
                "{} {}",
                "\"a",
                "\"a\u0001b\"",
                "NaN",
                "<html>",
                "data: {}",
                "// x\n1",
                "\"\\x\"",
                "\"\\ud8\"",
            })
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("JSON");
        Json later = Json.lazily(text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(later::isPresent).isInstanceOf(JsonException.class);
    }

    @Test
    void saysWhereTheTextIsNoJson() {
        assertThatThrownBy(() -> Json.parse("{\"a\":tru}")).hasMessageContaining("at byte");
    }

    @Test
    void theLastOfSeveralFieldsOfOneNameCounts() {
        assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}").get("a").asInt(0)).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementsAndTheRestIsKept() {
        byte[] cut = bytes("{\"a\":\"x", 0xC3, "y\",\"b\":\"", 0xED, 0xA0, 0x80, "\",\"c\":1}");
        Json json = Json.parse(cut);
        assertThat(json.get("a").asText()).isEqualTo("x\uFFFDy");
        assertThat(json.get("c").asInt(0)).isEqualTo(1);
        assertThat(json.with("d", 1).toString()).contains("x\uFFFDy");
    }

    @Test
    void halvesOfCharactersAreReadAndWritten() {
        Json read = Json.parse("{\"a\":\"\\ud83d\"}");
        assertThat(read.get("a").asText()).isEqualTo("\ud83d");
        for (String half : List.of("\ud83d", "x\ud83d", "\ude00x", "\ud83d\ud83d\ude00")) {
            String written = Json.of(Map.of("a", half)).toString();
            assertThat(Json.parse(written).get("a").asText())
                    .as("written as %s", written)
                    .isEqualTo(half);
        }
        assertThat(Json.of("\ud83d\ude00").toString())
                .satisfies(text -> assertThat(Json.parse(text).asText()).isEqualTo("\ud83d\ude00"));
    }

    @Test
    void depthHasALimitInBothDirections() {
        assertThat(Json.parse("[".repeat(256) + "]".repeat(256)).isArray()).isTrue();
        assertThatThrownBy(() -> Json.parse("[".repeat(257) + "]".repeat(257))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
        Map<String, Object> itself = new HashMap<>();
        itself.put("me", itself);
        assertThatThrownBy(() -> Json.of(itself))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("256");
    }

    @Test
    void withChangesACopy() {
        Json json = Json.parse("{\"a\":1,\"b\":2}");
        assertThat(json.with("a", List.of(true))).hasToString("{\"a\":[true],\"b\":2}");
        assertThat(json.with("c", null)).hasToString("{\"a\":1,\"b\":2,\"c\":null}");
        assertThat(json).hasToString("{\"a\":1,\"b\":2}");
        assertThat(Json.parse("[1]").with("a", 1)).hasToString("{\"a\":1}");
        assertThat(Json.missing().with("a", Json.missing())).hasToString("{\"a\":null}");
    }

    @Test
    void copiesWhatItIsGiven() {
        Map<String, Object> map = new LinkedHashMap<>(Map.of("a", 1));
        Json json = Json.of(map);
        map.put("a", 2);
        assertThat(json).hasToString("{\"a\":1}");
        assertThatThrownBy(() -> ((Map<?, ?>) json.toJava()).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> json.fields().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalValuesAreEqualHoweverTheyCameAbout() {
        Json read = Json.parse(" {\"b\":[1,2.5,\"x\",null,true], \"a\":{}} ");
        Map<String, Object> same = Map.of("a", Map.of(), "b", Arrays.asList(1, 2.5, "x", null, true));
        assertThat(read).isEqualTo(Json.of(same)).hasSameHashCodeAs(Json.of(same));
        assertThat(read).isEqualTo(Json.lazily(read.toBytes()));
        assertThat(Json.of(null)).isNotEqualTo(Json.missing());
        assertThat(Json.missing()).isEqualTo(read.get("nothing"));
    }

    @Test
    void whatWasReadIsWrittenAsItWas() {
        String text = "{ \"n\" : 1.10, \"e\":\"\\u00e9\" }";
        assertThat(Json.parse(text)).hasToString(text);
        assertThat(Json.parse(text).toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itemsAndFieldsKeepTheirOrder() {
        Json json = Json.parse("{\"z\":1,\"a\":2,\"m\":[3,1,2]}");
        assertThat(json.fields().keySet()).containsExactly("z", "a", "m");
        assertThat(json.get("m").map(item -> item.asInt(0))).containsExactly(3, 1, 2);
        assertThat(json.items()).isEmpty();
        assertThat(json.get("m").fields()).isEmpty();
    }

    @Test
    void fieldsAreAMapThatCannotBeChanged() {
        Map<String, Json> fields = Json.parse("{\"a\":1,\"n\":null}").fields();
        Map<String, Json> same = new LinkedHashMap<>();
        same.put("a", Json.of(1));
        same.put("n", Json.of(null));
        assertThat(fields).isEqualTo(same).hasSameHashCodeAs(same).hasSize(2);
        assertThat(same).isEqualTo(fields);
        assertThat(fields.get("n").isNull()).isTrue();
        assertThat(fields.get("x")).isNull();
        assertThat(fields.containsKey("n")).isTrue();
        assertThat(fields.containsKey("x")).isFalse();
        List<String> told = new ArrayList<>();
        fields.forEach((name, value) -> told.add(name + "=" + value));
        assertThat(told).containsExactly("a=1", "n=null");
        assertThatThrownBy(() -> fields.put("b", Json.of(2))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.entrySet().iterator().next().setValue(Json.of(2)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static byte[] bytes(Object... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (Object part : parts)
            if (part instanceof Integer one) out.write(one);
            else out.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 18, 100})
    void ofTwoFieldsOfOneNameTheLastCountsHoweverManyThereAre(int fields) {
        for (int twice = 0; twice < fields; twice++) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < fields; i++)
                text.append("\"f").append(i).append("\":{\"n\":").append(i).append("},");
            Json json = Json.parse(text + "\"f" + twice + "\":\"last\"}");
            assertThat(json.size()).isEqualTo(fields);
            assertThat(json.get("f" + twice).asText()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16})
    void aMapThatAnotherThreadFillsIsTakenAsItIs(int sizeBefore) {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < 20; i++) fields.put("f" + i, i);
        Map<String, Object> growing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return fields.entrySet();
            }

            @Override
            public int size() {
                return sizeBefore;
            }
        };
        assertThat(Json.of(growing)).isEqualTo(Json.of(fields));
    }
}
