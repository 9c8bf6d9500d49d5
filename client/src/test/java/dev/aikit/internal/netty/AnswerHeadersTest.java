package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is made of the headers of an answer of HTTP/1.1, however they are written. In the texts a line ends with {@code ;}, and
 * {@code \x00} is a byte.
 */
class AnswerHeadersTest extends TransportTest {
    private static final Pattern BYTE = Pattern.compile("\\\\x(..)");

    private static String plain(String text) {
        Function<MatchResult, String> one =
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16)));
        return BYTE.matcher(text.replace(";", "\r\n").replace("\\t", "\t")).replaceAll(one);
    }

    private Recorder answer(String status, String lines) {
        String head = plain(lines);
        String body = head.toLowerCase(Locale.ROOT).contains("chunked") ? "2\r\nok\r\n0\r\n\r\n" : "ok";
        byte[] sent = ("HTTP/1.1 " + status + "\r\n" + head + "\r\n\r\n" + (status.equals("204") ? "" : body))
                .getBytes(StandardCharsets.ISO_8859_1);
        server.then(to -> to.raw(sent).close());
        return client.send(Client.get(server.uri("/")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            A: 1;b: 2;a: 3;C: 4;A: 5                                      | {a=[1, 3, 5], b=[2], c=[4]}
            X-Empty:;x-blank:   ;y: 1                                     | {x-empty=[], x-blank=[], y=[1]}
            Name : spaced;  ;y: 1                                         | {name=[spaced ], y=[1]}
            folded: one;  two;\\tthree;y: 1                               | {folded=[one two three], y=[1]}
            no colon;y: 1                                                 | {no=[], y=[1]}
            no colon                                                      | {no=[]}
            value: \\xa0b                                                 | {value=[\\xa0b]}
            value: a\\tb                                                  | {value=[a\\tb]}
            value: \\ta\\t                                                | {value=[a]}
            value: caf\\xe9 \\xff                                         | {value=[caf\\xe9 \\xff]}
            folded: one; \\x00                                            | {folded=[one ]}
            Content-Length: 2;x: 1                                        | {content-length=[2], x=[1]}
            Content-Length: 02;x: 1                                       | {content-length=[02], x=[1]}
            transfer-encoding: CHUNKED                                    | {transfer-encoding=[CHUNKED]}
            transfer-encoding: gzip, chunked                              | {transfer-encoding=[gzip, chunked]}
            transfer-encoding: gzip;transfer-encoding: chunked            | {transfer-encoding=[gzip, chunked]}
            transfer-encoding: identity                                   | {transfer-encoding=[identity]}
            connection: close, x;y: 1                                     | {connection=[close, x], y=[1]}
            Sec-WebSocket-Key1: a;sec-websocket-location: b;sec-websocket-origin: c| {sec-websocket-key1=[a], sec-websocket-location=[b], sec-websocket-origin=[c]}
            """)
    void areRead(String lines, String headers) {
        Recorder answer = answer("200 OK", lines);

        assertThat(answer.awaitEnd()).isEqualTo("ok");
        assertThat(answer.awaitHead().headers()).hasToString(plain(headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "folded:;  two;y: 1",
                ": without a name",
                "bad(name: 1",
                "b\\x00d: 1",
                "b\\xe9d: 1",
                ":status: 5",
                "value: \\x00",
                "value: a\\x00b",
                "value: a\\x7fb",
                "value: \\x7f",
                "value: a\\x01",
                "value: \\x0ba",
                "folded: one; a\\x0bb",
                "Content-Length: 2;x: 1;content-length: 2",
                "Content-Length: 2, 2;x: 1",
                "Content-Length: 2;x: 1;Content-Length: 3",
                "Content-Length: 2, 3",
                "Content-Length: +2",
                "Content-Length: -2",
                "Content-Length:",
                "Content-Length: two",
                "Content-Length: 2;Transfer-Encoding: chunked;x: 1",
                "transfer-encoding: chunked, gzip",
                "transfer-encoding: chunked;transfer-encoding: chunked"
            })
    void breakTheRules(String lines) {
        for (int time = 1; time <= 2; time++) {
            TransportFailure failure = answer("200 OK", lines).awaitFailure();

            assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(failure).hasMessageContaining("in its head");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transfer-encoding: chunked;x: 1                                | {x=[1]}
            transfer-encoding: gzip;transfer-encoding: CHUNKED;x: 1        | {x=[1], transfer-encoding=[gzip]}
            content-length: 5;x: 1                                         | {content-length=[5], x=[1]}
            """)
    void sayNothingOfChunksWhereThereIsNoBody(String lines, String headers) {
        Recorder answer = answer("204", lines);

        assertThat(answer.awaitEnd()).isEmpty();
        assertThat(answer.awaitHead().headers()).hasToString(headers);
    }

    @Test
    void areThoseOfTheirOwnAnswerOnOneConnection() {
        String many = "a: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\n";
        String end = "content-length: 0\r\n\r\n";
        server.then(to -> to.raw("HTTP/1.1 200 OK\r\n" + many + end))
                .then(to -> to.raw("HTTP/1.1 200 OK\r\nB: 2\r\na: 5\r\n" + end))
                .then(to -> to.raw("HTTP/1.1 200 OK\r\n" + many.repeat(30) + end));
        Recorder[] answers = new Recorder[3];
        for (int i = 0; i < 3; i++) (answers[i] = client.send(Client.get(server.uri("/")))).awaitEnd();

        assertThat(answers[0].awaitHead().headers()).hasToString("{a=[1], b=[2], c=[3], d=[4], content-length=[0]}");
        assertThat(answers[1].awaitHead().headers()).hasToString("{b=[2], a=[5], content-length=[0]}");
        assertThat(answers[1].awaitHead().header("a")).isEqualTo("5");
        assertThat(answers[1].awaitHead().header("c")).isEmpty();
        Map<String, List<String>> last = answers[2].awaitHead().headers();
        assertThat(last).hasSize(5).containsEntry("d", Collections.nCopies(30, "4"));
        assertThat(server.connections()).isEqualTo(1);
    }
}
