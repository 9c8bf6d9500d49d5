package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read at sight is what the parser reads; what is written is what Jackson writes. */
class JsonAtSightTest {
    private static final Pattern PAIR = Pattern.compile("\\\\u(D[89AB]..)\\\\u(D[C-F]..)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"logprobs\":null}],\"created\":1741569952}",
                " [ 1 , -2,true ,false, null,\t\"a\"\r\n] ",
                "{}",
                "[]",
                "\"\"",
                "7",
                "-0",
                "[0.25,-1.5e-3,2E+10,0.0,-0.0e7,123456789012345678]",
                "\"two\\nlines, \\\"quoted\\\", \\/ \\b\\f\\r\\t\\\\\"",
                "\"\\u00e9\\u65e5\\ud83d\\ude00 Grüße 日本\"",
                "{\"ü\":1,\"日本 😀\":2}",
                "{\"a\":1,\"b\":2,\"a\":3}",
            })
    void ordinaryJsonIsReadAsByTheParser(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonAtSight.read(json)).isNotSameAs(JsonTokens.UNKNOWN).isEqualTo(JsonParsing.read(json, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1,]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "1e400",
                "1e-400",
                "1234567890123456789",
                "nul",
                "truer",
                "1 2",
                "\"a",
                "\"a\\",
                "\"a\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\ud83d\"",
                "\"\\ud83d\\n\"",
                "\"\\ude00\"",
                "\"\u0001\"",
                "\"\uFFFD\"",
                "{\"\uFFFD\":1}",
                "{\"a\\nb\":1}",
                "{\"\\ud83d\\ude00\":1}",
                "0e9999999999",
                "[0.0E+99999999999]",
                "\u0000",
                "1\u0000",
            })
    void whatIsUnusualIsLeftToTheParser(String text) {
        assertThat(JsonAtSight.read(text.getBytes(StandardCharsets.UTF_8))).isSameAs(JsonTokens.UNKNOWN);
    }

    @Test
    void whatMayBeOverALimitIsLeftToTheParser() {
        for (String text : List.of(
                "[".repeat(51) + "]".repeat(51),
                "{\"" + "n".repeat(501) + "\":1}",
                "{\"\\n" + "n".repeat(500) + "\":1}",
                "0." + "1".repeat(500)))
            assertThat(JsonAtSight.read(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isSameAs(JsonTokens.UNKNOWN);
    }

    @Test
    void tenMegabytesAreOrdinaryAndTenMillionPartsAreNot() {
        byte[] large = ("{\"text\":\"" + "n".repeat(11_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(JsonAtSight.read(large)).isNotSameAs(JsonTokens.UNKNOWN);

        byte[] many = ("[[]" + ",[]".repeat(JsonReading.MAX_TOKENS / 2) + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(JsonAtSight.read(many)).isSameAs(JsonTokens.UNKNOWN);
    }

    @Test
    void anythingOrdinaryIsReadAsByTheParser() {
        RandomValues values = new RandomValues(new Random(7), false);
        for (int i = 0; i < 5_000; i++) {
            byte[] json = JsonBytes.of(JsonWriting.plain(values.next(3)));
            assertThat(JsonAtSight.read(json))
                    .as(new String(json, StandardCharsets.UTF_8))
                    .isNotSameAs(JsonTokens.UNKNOWN)
                    .isEqualTo(JsonParsing.read(json, false));
        }
    }

    @Test
    void cutOrChangedAnywhereItMeansWhatItMeansToTheParser() {
        Random random = new Random(8);
        RandomValues values = new RandomValues(random, false);
        byte[] marks = "{}[]\",:\\u0e-+.tn \u0000\u0019".getBytes(StandardCharsets.UTF_8);
        int known = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = JsonBytes.of(JsonWriting.plain(values.next(2)));
            json[random.nextInt(json.length)] = marks[random.nextInt(marks.length)];
            if (i % 4 == 3) json = Arrays.copyOf(json, random.nextInt(json.length));
            Object atSight = JsonAtSight.read(json);
            if (atSight == JsonTokens.UNKNOWN) continue;
            known++;
            assertThat(atSight).as(new String(json, StandardCharsets.UTF_8)).isEqualTo(JsonParsing.read(json, false));
        }
        assertThat(known).as("read at sight").isGreaterThan(4_000);
    }

    @Test
    void namesThatComeInAnotherOrderAreReadAsTheyStand() {
        for (String text :
                List.of("{\"a\":1,\"b\":2,\"bc\":3}", "{\"a\":1,\"bc\":2,\"b\":3}", "{\"b\":1,\"\":2,\"a\":3}"))
            for (int i = 0; i < 3; i++)
                assertThat(Json.parse(text)).hasToString(text).isEqualTo(reread(text));
    }

    private static Json reread(String text) {
        return Json.of(JsonParsing.read(text.getBytes(StandardCharsets.UTF_8), false));
    }

    @Test
    void writesWhatJacksonWritesButForPairsOfSurrogatesWhichUtf8Has() throws IOException {
        RandomValues values = new RandomValues(new Random(11), true);
        for (int i = 0; i < 5_000; i++) {
            Object plain = JsonWriting.plain(values.next(3));
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            try (JsonGenerator generator = new JsonFactory().createGenerator(expected)) {
                write(generator, plain);
            }
            String wanted = PAIR.matcher(expected.toString(StandardCharsets.UTF_8))
                    .replaceAll(pair -> half(pair.group(1)) + half(pair.group(2)));
            assertThat(new String(JsonBytes.of(plain), StandardCharsets.UTF_8)).isEqualTo(wanted);
        }
    }

    @Test
    void aTextOfAnyLengthIsWrittenWhole() {
        for (int length : new int[] {1022, 1023, 1024, 1025, 2047, 2048, 5000})
            for (String odd : List.of("", "\n", "ü", "\uD83D\uDE00")) {
                String text = odd + "x".repeat(length) + odd;
                assertThat(Json.parse(Json.of(text).toBytes()).asText()).isEqualTo(text);
            }
    }

    private static String half(String digits) {
        return String.valueOf((char) Integer.parseInt(digits, 16));
    }

    private static void write(JsonGenerator generator, Object plain) throws IOException {
        if (plain instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> field : map.entrySet()) {
                generator.writeFieldName((String) field.getKey());
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        } else if (plain instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) write(generator, element);
            generator.writeEndArray();
        } else if (plain instanceof Long number) generator.writeNumber(number);
        else if (plain instanceof Double number) generator.writeNumber(number);
        else if (plain instanceof BigInteger number) generator.writeNumber(number);
        else if (plain instanceof BigDecimal number) generator.writeNumber(number);
        else if (plain instanceof Boolean truth) generator.writeBoolean(truth);
        else if (plain == null) generator.writeNull();
        else generator.writeString((String) plain);
    }
}
