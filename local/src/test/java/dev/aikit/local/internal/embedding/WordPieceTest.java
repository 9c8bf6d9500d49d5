package dev.aikit.local.internal.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers expected here were given by Hugging Face's tokenizers library for the same tokenizer file. */
class WordPieceTest {
    private static WordPiece tokenizer;

    @BeforeAll
    static void load() throws IOException {
        ClassLoader loader = WordPieceTest.class.getClassLoader();
        try (InputStream in = loader.getResourceAsStream("all-minilm-l6-v2-q-tokenizer.json")) {
            tokenizer = WordPiece.parse(Objects.requireNonNull(in).readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, World! | 7592 1010 2088 999",
                "unaffable embeddings | 14477 20961 3468 7861 8270 4667 2015",
                "Crème brûlée à la carte | 13675 21382 7987 9307 2063 1037 2474 11122 2063",
                "naïve façade — “quoted” text… | 15743 8508 1517 1523 9339 1524 3793 1529",
                "中文字符 test 漢字 | 1746 1861 100 100 3231 1904 100",
                "İstanbul ΣΟΦΟΣ ß | 9960 1173 29730 29736 29730 29733 1096",
                "emoji 😀 here | 7861 29147 2072 100 2182",
                "a\\0b\\177c | 5925",
                "tabs\\tand\\nlines\\r\\n | 21628 2015 1998 3210",
                "a$b+c=d<e>f^g~j | 1037 1002 1038 1009 1039 1027 1040 1026 1041 1028 1042 1034 1043 1066 1046",
                "OpenAI.create().chat() | 2330 4886 1012 3443 1006 1007 1012 11834 1006 1007",
                "한국어 텍스트 | 1469 30006 30021 29991 30014 30020 29999 30008 1467 30009 30020 29997 30017 30003 30017",
            })
    void cutsLikeTheReference(String text, String expected) {
        assertThat(Arrays.stream(tokenizer.tokens(text.translateEscapes()))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void knowsNoWordOfMoreThanAHundredCharacters() {
        assertThat(tokenizer.tokens("x".repeat(100))).hasSizeGreaterThan(1);
        assertThat(tokenizer.tokens("x".repeat(101))).containsExactly(100);
    }

    @Test
    void takesTheNamesOfSpecialTokensAsText() {
        assertThat(tokenizer.tokens("[SEP]")).doesNotContain(WordPiece.SEP);
    }

    @Test
    void countsNothingInNothing() {
        assertThat(tokenizer.count("")).isZero();
        assertThat(tokenizer.count(" \t\n")).isZero();
    }
}
