package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.fuzz.Cuts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that come whole may be read past Netty; those that come byte by byte are not. Both must be the same. In the texts a
 * line ends with {@code ;}.
 */
class WholeAnswersTest {
    private static byte[] bytes(String answer) {
        return answer.replace(";", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String same(String method, byte[] bytes) throws Exception {
        String parts = EmbeddedAnswer.to(method, Cuts.everywhere(bytes)).withHead();
        assertThat(EmbeddedAnswer.to(method, Cuts.none(bytes)).withHead()).isEqualTo(parts);
        return parts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK;a: 1;content-length: 2;A: 3;;ok",
                "HTTP/1.1 200 OK;content-length: 0;;",
                "HTTP/1.1 200 OK;CONTENT-LENGTH:2;b:\t two words \t;c:;;ok",
                "HTTP/1.1 200 OK;content-length: 002;;ok",
                "HTTP/1.1 200 OK;content-length: 2;x: caf\u00e9;;ok",
                "HTTP/1.1 200 OK;content-length: 2;x: a; folded;;ok",
                "HTTP/1.1 200 OK;content-length: 2;name : x;;ok",
                "HTTP/1.1 200 OK;content-length: 2;no colon;;ok",
                "HTTP/1.1 200 OK;content-length: 2;connection: close;;ok",
                "HTTP/1.1 200 OK;content-length: 2\nx: bare;;ok",
                "HTTP/1.1 200 OK;content-length: 2;x: a\rb;;ok",
                "HTTP/1.1 200 OK;content-length: 2;;ok and more that nobody asked for",
                "HTTP/1.1 200 OK;content-length: 2;;okHTTP/1.1 200 OK;content-length: 3;;two",
                "HTTP/1.1 200 OK;content-length: 3;;ok",
                "HTTP/1.1 200 OK;content-length: 2;content-length: 2;;ok",
                "HTTP/1.1 200 OK;content-length: 2;content-length: 3;;ok!",
                "HTTP/1.1 200 OK;content-length: 2, 2;;ok",
                "HTTP/1.1 200 OK;content-length: +2;;ok",
                "HTTP/1.1 200 OK;content-length: ;;ok",
                "HTTP/1.1 200 OK;content-length: 99999999999999999999;;ok",
                "HTTP/1.1 200 OK;content-length: 2;transfer-encoding: chunked;;2;ok;0;;",
                "HTTP/1.1 200 OK;transfer-encoding: chunked;;2;ok;0;;",
                "HTTP/1.1 200 OK;a: 1;;until the end",
                "HTTP/1.1 200 OK;content-length: 2;b(d: 1;;ok",
                "HTTP/1.1 200 OK;content-length: 2;: 1;;ok",
                "HTTP/1.1 200 OK;content-length: 2;x: a\u0000b;;ok",
                "HTTP/1.1 200 OK;content-length: 2",
                "HTTP/1.1 200 Fine;content-length: 2;;ok",
                "HTTP/1.0 200 OK;content-length: 2;;ok",
                "HTTP/1.1 204 No Content;content-length: 2;;",
                "HTTP/1.1 404 Not Found;content-length: 2;;no",
                "HTTP/1.1 100 Continue;;HTTP/1.1 200 OK;content-length: 2;;ok",
                "; HTTP/1.1 200 OK;content-length: 2;;ok",
                ";HTTP/1.1 200 OK;content-length: 2;;ok",
            })
    void areTheSameAsInParts(String answer) throws Exception {
        same("GET", bytes(answer));
        same("HEAD", bytes(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK;a: 1;content-length: 2;;ok', 2",
        "'HTTP/1.1 200 OK;CONTENT-LENGTH:2;b:\t two words \t;c:;;ok and more', 2",
        "'HTTP/1.1 200 OK;content-length: 0;;', 0",
        "'HTTP/1.1 200 OK;content-length: 3;;ok', -1",
        "'HTTP/1.1 200 OK;content-length: 2;content-length: 2;;ok', -1",
        "'HTTP/1.1 200 OK;content-length: 2;transfer-encoding: chunked;;2;ok;0;;', -1",
        "'HTTP/1.1 200 OK;content-length: 2;x: a; folded;;ok', -1",
        "'HTTP/1.1 200 OK;content-length: 2;x: a\u0001;;ok', -1",
        "'HTTP/1.1 404 Not Found;content-length: 2;;no', -1",
        "'HTTP/1.1 200 OK;content-length: 2;longer: than a head may be in this test of ours;;ok', -1",
    })
    void areTakenOnlyIfTheyArePlain(String answer, int body) {
        ByteBuf in = Unpooled.directBuffer().writeBytes(bytes(answer));
        int before = in.readableBytes();
        List<Integer> bodies = new ArrayList<>();
        ResponseDecoder.Past past = new ResponseDecoder.Past() {
            @Override
            public void chunk(ByteBuffer from, int at, int length) {
                throw new AssertionError("a chunk");
            }

            @Override
            public void answer(AnswerHeaders headers, ByteBuf taken) {
                bodies.add(taken.readableBytes());
                taken.release();
            }
        };

        assertThat(new WholeAnswers(new HeaderNames()).take(in, 75, past)).isEqualTo(body >= 0);

        if (body < 0) assertThat(in.readableBytes()).isEqualTo(before);
        assertThat(bodies).isEqualTo(body < 0 ? List.of() : List.of(body));
        in.release();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void areReadWithHeadAndBody() throws Exception {
        assertThat(same("GET", bytes("HTTP/1.1 200 OK;a: 1;content-length: 2;A: 3;;ok")))
                .isEqualTo("200 OK{a=[1, 3], content-length=[2]}|ok|end");
    }

    @Test
    void thatAreChangedAnywhereAreTheSameAsInParts() throws Exception {
        byte[] answer = bytes("HTTP/1.1 200 OK;server: x y;Content-Length: 4;x-id: 12;;okay");
        byte[] marks = bytes(" \t:;,-_(019aZ\u0000\u007f\u00e9\n\r");
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = answer.clone();
            for (int changes = random.nextInt(2); changes >= 0; changes--)
                changed[random.nextInt(changed.length)] = marks[random.nextInt(marks.length)];
            same("GET", changed);
        }
    }
}
