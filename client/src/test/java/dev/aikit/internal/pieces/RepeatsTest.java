package dev.aikit.internal.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces that repeat the one before them, but for some texts. */
class RepeatsTest {
    private static final String[] WORDS = {
        "", " forty", "two", "ü", "日本", "😀", "a,b", "{", "]", ": ", "\\n", "\\\"", "\\u00e4", "\uFFFD", "x".repeat(300)
    };

    private final Repeats repeats = new Repeats();

    /** As the answer does: what is not found is told. */
    private @Nullable Repeated next(String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 7);
        Repeated found = repeats.find("", longer, bytes.length);
        if (found == null) repeats.next("", bytes);
        return found;
    }

    private static String chunk(String content, String padding) {
        return "{\"id\":\"1\",\"created\":17,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content
                + "\"},\"finish_reason\":null}],\"usage\":null,\"obfuscation\":\"" + padding + "\"}";
    }

    private static void isThatPiece(@Nullable Repeated found, String piece) {
        assertThat(found).isNotNull();
        Json json = Json.of(found);
        assertThat(json).isEqualTo(Json.parse(piece)).hasSameHashCodeAs(Json.parse(piece));
        assertThat(Json.parse(piece)).isEqualTo(json);
        assertThat(json.toString()).isEqualTo(piece);
        assertThat(new String(json.toBytes(), StandardCharsets.UTF_8)).isEqualTo(piece);
        assertThat(Json.of(json.toJava()).toString())
                .isEqualTo(Json.of(Json.parse(piece).toJava()).toString());
    }

    @Test
    void oneTextIsAnother() {
        assertThat(next(chunk("a", "pp"))).isNull();
        isThatPiece(next(chunk(" forty", "pp")), chunk(" forty", "pp"));
        isThatPiece(next(chunk("", "pp")), chunk("", "pp"));
        isThatPiece(next(chunk("日本", "pp")), chunk("日本", "pp"));
    }

    @Test
    void severalTextsAreOthers() {
        next(chunk("a", "pp"));
        Repeated found = next(chunk("bcd", ""));
        isThatPiece(found, chunk("bcd", ""));
        assertThat(found.changes().place())
                .isGreaterThan(found.changes().before().place());
        assertThat(found.basis().way(found.changes().before().place()))
                .containsExactly("choices", 0, "delta", "content");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'\"a\"'|'\"b\"'", "'[\"a\",1]'|'[\"b\",1]'", "'{\"a\":\"x\"}'|'{\"a\":\"y\"}'"})
    void aTextOfThePieceItselfIsAnother(String first, String second) {
        next(first);
        Repeated found = next(second);
        isThatPiece(found, second);
        assertThat(found.changesFields()).isTrue();
    }

    @Test
    void aTextDeepWithinIsAnother() {
        next(chunk("a", "pp"));
        assertThat(next(chunk("b", "pp")).changesFields()).isFalse();
        assertThat(next(chunk("b", "p")).changesFields()).isTrue();
    }

    @Test
    void nothingIsDifferent() {
        next(chunk("a", "pp"));
        isThatPiece(next(chunk("a", "pp")), chunk("a", "pp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\u0041", "\\\"", "\\\\", "\uFFFD"})
    void aTextThatIsNotPlainIsReadAsEver(String content) {
        next(chunk("a", "pp"));
        assertThat(next(chunk(content, "pp"))).isNull();
        isThatPiece(next(chunk("plain again", "pp")), chunk("plain again", "pp"));
    }

    @Test
    void bytesThatAreNoTextAreReadAsEver() {
        next(chunk("a", "pp"));
        byte[] broken = chunk("b", "pp").getBytes(StandardCharsets.ISO_8859_1);
        broken[chunk("b", "pp").indexOf("\"b\"") + 1] = (byte) 0xE4;
        assertThat(repeats.find("", broken, broken.length)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':'x','n':1}|{'a':'x','n':2}",
                "{'a':'x'}|{'b':'x'}",
                "{'a':'x'}|{'a':'x','b':'y'}",
                "{'a':'x','b':'y'}|{'a':'x'}",
                "{'a':'x'}|{'a':null}",
                "{'a':'x'}|{'a':['x']}",
                "{'a':'x'}|{'a':'x'",
                "{'a':'x'}|{'a':'y",
                "{'a':'x','a':'y'}|{'a':'z','a':'y'}",
                "{'\\u0061':'x'}|{'\\u0061':'z'}",
                "{'a':'1','b':'1','c':'1','d':'1','e':'1'}|{'a':'2','b':'2','c':'2','d':'2','e':'2'}",
                "not JSON 'x'|not JSON 'y'",
                "{'a':'x'}}|{'a':'y'}}",
            })
    void whatDiffersInMoreThanTextsIsReadAsEver(String first, String second) {
        assertThat(next(first.replace('\'', '"'))).isNull();
        assertThat(next(second.replace('\'', '"'))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "not JSON", "null", "{\"n\":1}"})
    void whatHasNoTextsIsReadAsEver(String piece) {
        assertThat(next(piece)).isNull();
        assertThat(next(piece)).isNull();
    }

    @Test
    void aTextInEscapesThatStaysIsTheTextThatItSpells() {
        next(chunk("\\n\\u00e4", "pp"));
        Repeated found = next(chunk("\\n\\u00e4", "p"));
        isThatPiece(found, chunk("\\n\\u00e4", "p"));
        assertThat(found.text(found.basis().place(List.of("choices", 0, "delta", "content"))))
                .isEqualTo("\nä");
    }

    @Test
    void anObjectOfVeryManyFieldsIsReadAsEver() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 1000; i++) fields.append(",\"").append(i).append("\":1");
        assertThat(next("{\"a\":\"x\"" + fields + "}")).isNull();
        assertThat(next("{\"a\":\"y\"" + fields + "}")).isNull();
    }

    @Test
    void anEventOfAnotherNameRepeatsNothing() {
        next(chunk("a", "pp"));
        byte[] same = chunk("a", "pp").getBytes(StandardCharsets.UTF_8);
        assertThat(repeats.find("other", same, same.length)).isNull();
    }

    @Test
    void aServerWhosePiecesAllDifferIsGivenUp() {
        for (int i = 0; i < 40; i++)
            assertThat(next("{\"n\":" + i + ",\"a\":\"x\"}")).isNull();
        assertThat(next("{\"n\":40,\"a\":\"x\"}")).isNull();
        assertThat(next("{\"n\":40,\"a\":\"x\"}")).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyPieceIsTheSameAsWhenItIsRead(long seed) {
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            String shape = random.nextInt(20) == 0 ? ",\"n\":" + random.nextInt(5) : "";
            String piece = chunk(word(random), word(random)).replace(",\"usage\"", shape + ",\"usage\"");
            Repeated repeated = next(piece);
            if (repeated == null) continue;
            found++;
            isThatPiece(repeated, piece);
        }
        assertThat(found).isGreaterThan(200);
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** As in a stream: with what stands before and behind. */
    private @Nullable Repeated line(String piece, String behind) {
        byte[] before = "data: ".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ("data: " + piece + behind).getBytes(StandardCharsets.UTF_8);
        Repeated found = repeats.findLine(bytes, before.length, bytes.length);
        if (found != null)
            assertThat(new String(bytes, 0, repeats.end(), StandardCharsets.UTF_8))
                    .isEqualTo("data: " + piece);
        return found;
    }

    @Test
    void aPieceIsFoundInALineOfItsOwn() {
        assertThat(line(chunk("a", "pp"), "\n\n")).isNull();
        next(chunk("a", "pp"));
        for (String behind : new String[] {"\n\n", "\n\n\n", "\n\ndata: more"}) {
            isThatPiece(line(chunk("a", "pp"), behind), chunk("a", "pp"));
            isThatPiece(line(chunk("日本", ""), behind), chunk("日本", ""));
        }
        for (String behind :
                new String[] {"", "\n", "\r\n", "\r\n\r\n", "\r\r", "\n\r", " \n\n", "\ndata: b\n\n", "}\n\n"})
            assertThat(line(chunk("b", "pp"), behind)).as(behind).isNull();
    }

    @Test
    void aPieceThatIsCutIsFoundInNoLine() {
        next(chunk("a", "pp"));
        String whole = chunk("bcd", "p") + "\n\n";
        for (int length = 0; length < whole.length(); length++)
            assertThat(line(whole.substring(0, length), "")).isNull();
        assertThat(line(chunk("bcd", "p"), "\n\n")).isNotNull();
    }

    @Test
    void aTextThatHoldsALineFeedIsFoundInNoLine() {
        next(chunk("a", "pp"));
        assertThat(line(chunk("b\nc", "pp"), "\n\n")).isNull();
        assertThat(line(chunk("b\rc", "pp"), "\n\n")).isNull();
    }

    @Test
    void onlyEventsWithoutANameAndInOneLineAreFoundInALine() {
        repeats.next("named", chunk("a", "pp").getBytes(StandardCharsets.UTF_8));
        assertThat(line(chunk("a", "pp"), "\n\n")).isNull();
        next("{\n\"a\":\"b\"}");
        assertThat(line("{\n\"a\":\"b\"}", "\n\n")).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsFoundInALineIsWhatIsFoundAlone(long seed) {
        Random random = new Random(seed);
        Repeats alone = new Repeats();
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            String piece = chunk(word(random), word(random));
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            Repeated inLine = line(piece, random.nextBoolean() ? "\n\n" : "\n\ndata: {");
            Repeated expected = alone.find("", bytes, bytes.length);
            assertThat(inLine == null).isEqualTo(expected == null);
            if (inLine == null) {
                repeats.next("", bytes);
                alone.next("", bytes);
            } else {
                found++;
                isThatPiece(inLine, piece);
            }
        }
        assertThat(found).isGreaterThan(200);
    }
}
