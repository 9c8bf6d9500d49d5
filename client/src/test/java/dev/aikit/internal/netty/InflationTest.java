package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that a server compresses although it was not asked to. */
class InflationTest extends TransportTest {
    private static final String TEXT = "compressed ".repeat(10_000);

    private static byte[] pack(String encoding, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream out = switch (encoding) {
            case "gzip", "x-gzip", "GZIP" -> new GZIPOutputStream(bytes);
            case "deflate" -> new DeflaterOutputStream(bytes);
            default -> new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        };
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.close();
        return bytes.toByteArray();
    }

    private Recorder get(String encoding, byte[] body) {
        server.then(to -> to.head(200, "content-encoding: " + encoding, "content-length: " + body.length)
                .raw(body));
        return client.send(Client.get(server.uri("/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "raw"})
    void areUnpacked(String encoding) throws Exception {
        Recorder answer = get(encoding.equals("raw") ? "deflate" : encoding, pack(encoding, TEXT));

        assertThat(answer.awaitEnd()).isEqualTo(TEXT);
        assertThat(answer.awaitHead().headers()).doesNotContainKeys("content-encoding", "content-length");
    }

    @Test
    void areHandedOnAsTheyComeWhereTheWayIsNotKnown() {
        Recorder answer = get("br", "not touched".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.awaitEnd()).isEqualTo("not touched");
        assertThat(answer.awaitHead().header("content-encoding")).isEqualTo("br");
    }

    @Test
    void areHandedOnPieceByPieceAsTheServerFlushes() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        server.then(to -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            GZIPOutputStream out = new GZIPOutputStream(bytes, 512, true);
            to.head(200, "content-encoding: gzip");
            out.write("one".getBytes(StandardCharsets.UTF_8));
            out.flush();
            to.raw(bytes.toByteArray()).await(second);
            bytes.reset();
            out.write("two".getBytes(StandardCharsets.UTF_8));
            out.close();
            to.raw(bytes.toByteArray()).close();
        });
        Recorder answer = client.send(Client.get(server.uri("/")));
        answer.awaitBody(3);
        assertThat(answer.text()).isEqualTo("one");
        second.countDown();

        assertThat(answer.awaitEnd()).isEqualTo("onetwo");
    }

    @Test
    void mayComeByteByByteWithEverythingThatGzipAllows() throws Exception {
        // Flags: checksum, extra field, name, comment; then two members, and padding.
        byte[] packed = pack("gzip", "one");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0});
        bytes.write(new byte[] {3, 0, 'a', 0, 'b', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2});
        bytes.write(packed, 10, packed.length - 10);
        bytes.write(pack("gzip", "two"));
        bytes.write(new byte[7]);
        server.then(to -> {
            to.head(200, "content-encoding: gzip", "content-length: " + bytes.size());
            for (byte b : bytes.toByteArray()) to.raw(new byte[] {b});
        });

        assertThat(client.send(Client.get(server.uri("/"))).awaitEnd()).isEqualTo("onetwo");
    }

    @Test
    void withAWrongChecksumAreReported() throws Exception {
        byte[] packed = pack("gzip", TEXT);
        packed[packed.length - 8]++;

        assertThat(get("gzip", packed).awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void followedByOtherBytesAreReported(String encoding) throws Exception {
        byte[] packed = pack(encoding, TEXT);
        byte[] more = Arrays.copyOf(packed, packed.length + 1);
        more[packed.length] = 'x';

        assertThat(get(encoding, more).awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void mayBeEmpty() {
        assertThat(get("gzip", new byte[0]).awaitEnd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 20, 230})
    void thatAreCutAreNotTakenForWhole(int missing) throws Exception {
        for (String encoding : new String[] {"gzip", "deflate"}) {
            byte[] whole = pack(encoding, TEXT);
            assertThat(get(encoding, Arrays.copyOf(whole, whole.length - missing))
                            .awaitFailure()
                            .reason())
                    .isEqualTo(Reason.LOST);
        }
    }

    @Test
    void thatAreDamagedAreHandedOnUpToTheDamage() {
        Deflater deflater = new Deflater();
        deflater.setInput("so far".getBytes(StandardCharsets.UTF_8));
        byte[] packed = new byte[100];
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        deflater.end();
        packed[length] = 7; // a kind of block that there is not

        Recorder answer = get("deflate", Arrays.copyOf(packed, length + 10));

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(answer.text()).isEqualTo("so far");
    }

    @Test
    void thatAreDamagedAreReported() {
        Recorder answer = get("gzip", "this is not gzip, is it?".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(answer.events).containsExactly("connected", "head 200", "failed PROTOCOL");
    }

    @Test
    void thatAreLargeUnpackedStopInAPause() throws Exception {
        byte[] bomb = pack("gzip", "\0".repeat(50_000_000));
        server.then(to -> to.head(200, "content-encoding: gzip", "content-length: " + bomb.length)
                .raw(bomb));
        Recorder answer = client.send(Client.get(server.uri("/")), new Recorder() {
            private boolean begun;

            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                if (!begun) exchange().reading(false);
                begun = true;
            }
        });
        answer.awaitBody(1);
        client.onLoop(() -> null);
        assertThat(answer.received()).isLessThan(2_000_000);

        client.on(answer, exchange -> exchange.reading(true));
        answer.awaitEnd();
        assertThat(answer.received()).isEqualTo(50_000_000);
    }

    @Test
    void thatAreLargeUnpackedLetOthersOfTheirLoopHaveTheirTurn() throws Exception {
        byte[] bomb = pack("gzip", "\0".repeat(50_000_000));
        server.then(to -> to.head(200, "content-encoding: gzip", "content-length: " + bomb.length)
                .raw(bomb));
        CompletableFuture<Integer> hadAtTheOthersTurn = new CompletableFuture<>();
        Recorder answer = client.send(Client.get(server.uri("/")), new Recorder() {
            private boolean begun;

            @Override
            public void body(ByteBuffer bytes) {
                super.body(bytes);
                if (!begun) client.loop.schedule(() -> hadAtTheOthersTurn.complete(received()), 0);
                begun = true;
            }
        });

        answer.awaitEnd();
        assertThat(answer.received()).isEqualTo(50_000_000);
        assertThat(hadAtTheOthersTurn.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
                .isLessThan(10_000_000);
    }
}
