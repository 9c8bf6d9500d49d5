package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.fuzz.Cuts;
import dev.aikit.internal.netty.EmbeddedLoop;
import dev.aikit.testing.Figures;
import dev.aikit.testing.ProviderStreams;
import dev.aikit.testing.ProviderStreams.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever the network cuts a stream, its caller hears the same: each stream of the corpus is cut in two at every byte, into
 * single bytes, and into pieces by chance, and goes through the code that a socket feeds.
 */
class EverySplitTest {
    /** Two cuts are so many bytes apart; the first one is as far in, or nearer. */
    private static final int EVERY = Integer.getInteger("splits.every", 1);

    private static final int ROUNDS_BY_CHANCE = 20;
    private static final AtomicLong STREAMS = new AtomicLong();
    private static final AtomicLong SPLITS = new AtomicLong();
    private static final AtomicLong CALLS = new AtomicLong();

    private interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    static Stream<Shape> streams() {
        return ProviderStreams.all().stream().flatMap(shape -> Stream.of(shape, shape.with("CRLF", "\r\n")));
    }

    static Stream<Shape> rarerStreams() {
        return ProviderStreams.all().stream()
                .filter(shape -> shape.bytes().length < 450)
                .flatMap(shape -> Stream.of(shape.with("CR", "\r"), shape.withByteOrderMark()));
    }

    @ParameterizedTest
    @MethodSource({"streams", "rarerStreams"})
    void theCallbacksAreTheSameWhereverTheBodyIsCut(Shape shape) {
        compare(shape.bytes(), pieces -> ProviderStreamsTest.chat(pieces).everything());
    }

    static Stream<Shape> someStreams() {
        List<String> names = List.of("openai", "llama-cpp-error", "tgi-tools", "cut");
        return ProviderStreams.all().stream().filter(shape -> names.contains(shape.name()));
    }

    @ParameterizedTest
    @MethodSource("someStreams")
    void theCallbacksAreTheSameWhereverHeadAndChunksAreCut(Shape shape) throws IOException {
        compareSent("Transfer-Encoding: chunked\r\n", chunked(shape.bytes()));
        compareSent("Content-Length: " + shape.bytes().length + "\r\n", shape.bytes());
    }

    @ParameterizedTest
    @MethodSource("someStreams")
    void theCallbacksAreTheSameWhereverCompressedBytesAreCut(Shape shape) throws IOException {
        byte[] gzip = packed(shape.bytes(), GZIPOutputStream::new);
        byte[] deflate = packed(shape.bytes(), DeflaterOutputStream::new);
        compareSent("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(gzip));
        compareSent("Connection: close\r\nContent-Encoding: deflate\r\n", deflate);
    }

    private static void compareSent(String headers, byte[] body) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        sent.write(body);
        compare(
                sent.toByteArray(),
                pieces -> ProviderStreamsTest.CALLS
                        .chat(true, new EmbeddedLoop(pieces, 64 * 1024))
                        .everything());
    }

    private static void compare(byte[] bytes, Function<List<ByteBuffer>, List<String>> chat) {
        List<String> whole = chat.apply(Cuts.none(bytes));
        int begin = 1 + STREAMS.intValue() % EVERY;
        for (int cut = begin; cut < bytes.length; cut += EVERY) {
            SPLITS.incrementAndGet();
            CALLS.incrementAndGet();
            if (!whole.equals(chat.apply(Cuts.at(bytes, cut))))
                assertThat(chat.apply(Cuts.at(bytes, cut)))
                        .as("cut before byte %d", cut)
                        .isEqualTo(whole);
        }
        assertThat(chat.apply(Cuts.everywhere(bytes))).as("byte by byte").isEqualTo(whole);
        for (int seed = 0; seed < ROUNDS_BY_CHANCE; seed++)
            assertThat(chat.apply(Cuts.random(bytes, new Random(seed))))
                    .as("in pieces, seed %d", seed)
                    .isEqualTo(whole);
        STREAMS.incrementAndGet();
        CALLS.addAndGet(2L + ROUNDS_BY_CHANCE);
    }

    private static byte[] packed(byte[] bytes, Packing packing) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packing.around(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Chunks of 60 bytes. */
    private static byte[] chunked(byte[] bytes) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += 60) {
            int length = Math.min(60, bytes.length - from);
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(bytes, from, length);
            chunks.writeBytes(new byte[] {'\r', '\n'});
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    @AfterAll
    static void tellTheFigures() throws IOException {
        String figures = "streams=" + STREAMS + "\nsplitPoints=" + SPLITS + "\ncalls=" + CALLS + "\n";
        Figures.write("every-split", figures);
    }
}
