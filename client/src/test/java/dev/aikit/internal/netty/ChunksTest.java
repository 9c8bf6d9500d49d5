package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.fuzz.Cuts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chunks that come whole are not read by Netty; those that come byte by byte are. Both must be the same, wherever a body is
 * cut.
 */
class ChunksTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

    private static String outcome(List<ByteBuffer> pieces) throws Exception {
        return EmbeddedAnswer.to("GET", pieces).outcome();
    }

    private static byte[] bytes(String answer) {
        return answer.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n",
                "3\r\none\r\nA\r\n0123456789\r\na\r\n0123456789\r\n0\r\nx-trailer: a\r\n\r\n",
                "0003\r\none\r\n00000000003\r\ntwo\r\n0\r\n\r\n",
                "3;name=value\r\none\r\n3\r\ntwo\r\n000\r\n\r\n",
                "3 \r\none\r\n3\r\ntwo\r\n0\r\n\r\n",
                "3\none\r\n3\r\ntwo\r\n0\r\n\r\n",
                "3\r\n\r\n0\r\n2\r\n\r\n\r\n0\r\n\r\n",
                "3\r\none\r\n3\r\ntwo\r\n",
                "3\r\none\r\n3\r\ntwo",
                "3\r\none\r\n0\r\n",
            })
    void areTheSameWhereverTheyAreCut(String body) throws Exception {
        byte[] bytes = bytes(HEAD + body);
        String byteByByte = outcome(Cuts.everywhere(bytes));
        assertThat(outcome(Cuts.none(bytes))).isEqualTo(byteByByte);
        for (int cut = 1; cut < bytes.length; cut++)
            assertThat(outcome(Cuts.at(bytes, cut)))
                    .as("cut before byte %d", cut)
                    .isEqualTo(byteByByte);
    }

    @Test
    void ofAnAnswerThatNobodyAskedForAreNotOfTheOneBefore() throws Exception {
        String one = HEAD + "3\r\none\r\n0\r\n\r\n";
        byte[] bytes = bytes(one + HEAD + "3\r\ntwo\r\n0\r\n\r\n");
        for (int cut = 1; cut <= bytes.length; cut++)
            assertThat(outcome(Cuts.at(bytes, cut)))
                    .as("cut before byte %d", cut)
                    .isEqualTo("one|end");
    }

    /** How much was handed over before is another matter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3\r\none\r\nx\r\n",
                "3\r\none\r\n-3\r\ntwo\r\n",
                "3\r\none\r\n\r\ntwo\r\n",
                "3\r\none\r\n123456789\r\ntwo\r\n",
                "3\r\noneXX3\r\ntwo\r\n0\r\n\r\n",
                "3\r\none\n\n3\r\ntwo\r\n0\r\n\r\n",
                "3\r\none\n3\r\ntwo\r\n0\r\n\r\n",
            })
    void thatAreBrokenAreRefusedWhereverTheyAreCut(String body) throws Exception {
        byte[] bytes = bytes(HEAD + body);
        assertThat(outcome(Cuts.everywhere(bytes))).isEqualTo("one|PROTOCOL");
        for (int cut = 1; cut < bytes.length; cut++)
            assertThat(outcome(Cuts.at(bytes, cut)))
                    .as("cut before byte %d", cut)
                    .isEqualTo("one|PROTOCOL");
    }

    @Test
    void ofAnySizeComeToTheSameBody() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            StringBuilder sent = new StringBuilder(HEAD);
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String chunk = String.valueOf((char) ('a' + i % 26)).repeat(1 + length(random));
                String size = Integer.toHexString(chunk.length());
                sent.append(random.nextBoolean() ? size : size.toUpperCase(java.util.Locale.ROOT))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n");
                body.append(chunk);
            }
            byte[] bytes = bytes(sent + "0\r\n\r\n");
            assertThat(outcome(Cuts.none(bytes))).as("seed %d", seed).isEqualTo(body + "|end");
            assertThat(outcome(pieces(bytes, random))).as("seed %d", seed).isEqualTo(body + "|end");
        }
    }

    private static List<ByteBuffer> pieces(byte[] bytes, Random random) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0, to; from < bytes.length; from = to) {
            to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 100 : 20_000));
            pieces.add(ByteBuffer.wrap(bytes, from, to - from));
        }
        return pieces;
    }

    private static int length(Random random) {
        return random.nextInt(8) == 0 ? random.nextInt(100_000) : random.nextInt(random.nextBoolean() ? 300 : 6000);
    }
}
