package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.internal.multipart.Sources;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can happen to an upload: its source, its server, its caller; in every manner of calling. */
class UploadTest extends KeyedServerTest {
    private static final long MUCH = 200L << 20;

    @TempDir
    Path folder;

    UploadTest() {
        super(c -> c.maxRetries(1));
    }

    private static FileSource zeros(ZerosStream stream, long length) {
        return FileSource.of("zeros", length, () -> stream);
    }

    @Test
    void theSourceIsReadOnThreadsOfTheLibrary() throws Exception {
        server.then(to -> to.answer(200, FilesTest.FILE));
        ZerosStream stream = ZerosStream.of(100_000);
        client.files().create(zeros(stream, 100_000), "batch").orThrow();
        assertThat(stream.reader.getName()).startsWith("aikit-file");
        assertThat(stream.reader.isDaemon()).isTrue();
        Events.await(stream.closed);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatEndsTooSoonEndsTheCall(Manner manner) throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        OpenAIError error =
                manner.upload(client, zeros(ZerosStream.of(99), 100)).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOURCE);
        assertThat(error.message()).contains("99 of the 100 bytes");
        assertThat(error.cause()).hasRootCauseInstanceOf(IOException.class);
        server.awaitPeerClosed(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 5_000_000})
    void aSourceThatHasTooMuchEndsTheCallAndNeverLooksWhole(long length) throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        OpenAIFileResult result = client.files().create(zeros(ZerosStream.of(length), length - 1), "batch");
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.SOURCE);
        assertThat(result.errors().get(0).message()).contains("more than the " + (length - 1) + " bytes");
        assertThat(result.attempts()).hasSize(1);
        server.awaitPeerClosed(1); // it closed without the body's end, or the script would have gone on waiting
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatThrowsEndsTheCallWithItsWords(Manner manner) throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        ZerosStream torn = ZerosStream.throwing(MUCH, 1_000_000);
        OpenAIError error = manner.upload(client, zeros(torn, MUCH)).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOURCE);
        assertThat(error.errCode()).isEqualTo(1501);
        assertThat(error.message()).contains("the tape is torn");
        server.awaitPeerClosed(1);
        Events.await(torn.closed);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotThereEndsTheCallBeforeAnyConnection(Manner manner) throws Exception {
        OpenAIError error = manner.upload(client, FileSource.of(folder.resolve("missing")))
                .errors()
                .get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOURCE);
        assertThat(error.message()).contains("no such file").contains("missing");
        assertThat(manner.upload(client, FileSource.of(folder)).errors().get(0).message())
                .contains("it is a directory");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aSourceThatCannotBeMadeEndsTheCall() {
        FileSource thrown = FileSource.of("x", () -> {
            throw new IllegalStateException("no tape");
        });
        assertThat(client.files().create(thrown, "batch").errors().get(0).message())
                .contains("no tape");
        FileSource none = FileSource.of("x", () -> null);
        assertThat(client.files().create(none, "batch").errors().get(0).kind()).isEqualTo(Kind.SOURCE);
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsSentAgainFromItsBeginning(Manner manner) throws Exception {
        Path file = Files.write(folder.resolve("data"), new byte[1_000_000]);
        server.thenBeforeBody(to -> to.skip(300_000).reset()).then(to -> to.answer(200, FilesTest.FILE));
        OpenAIFileResult result = manner.upload(client, FileSource.of(file));
        assertThat(result.errors()).isEmpty();
        assertThat(result.attempts()).hasSize(2);
        server.takeRequest();
        assertThat(FormData.of(server.takeRequest()).file()).hasSize(1_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void whatCanBeReadOnlyOnceIsNotSentAgainAndTheErrorSaysSo(Manner manner) throws Exception {
        server.then(to -> to.answer(503, "{\"error\":\"later\"}"));
        ZerosStream stream = ZerosStream.of(1000);
        OpenAIFileResult result = manner.upload(client, FileSource.once("x", stream));
        assertThat(result.attempts()).hasSize(1);
        OpenAIError error = result.errors().get(0);
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.message()).contains("later").contains("can be read only once");
        Events.await(stream.closed);
    }

    @Test
    void whatCanBeReadOnlyOnceIsTriedAgainWhileNothingOfItWasRead() throws Exception {
        server.refuse();
        ZerosStream stream = ZerosStream.of(1000);
        OpenAICall<OpenAIFileResult> call =
                client.files().create(FileSource.once("x", stream), "batch", p -> p.async());
        OpenAIFileResult result = Way.ended(call);
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.CONNECT);
        assertThat(result.attempts()).hasSize(2);
        assertThat(stream.read.get()).isZero();
        Events.await(stream.closed); // though it was never opened
    }

    @ParameterizedTest
    @EnumSource
    void anEarlyRefusalIsReportedAsThatAndStopsTheReading(Manner manner) throws Exception {
        server.thenBeforeBody(to -> {
            to.skip(100_000).answer(413, "{\"error\":{\"message\":\"too much\"}}");
            to.awaitPeerClosed();
        });
        ZerosStream stream = ZerosStream.of(MUCH);
        OpenAIError error = manner.upload(client, zeros(stream, MUCH)).errors().get(0);
        assertThat(error.status()).isEqualTo(413);
        assertThat(error.message()).contains("too much");
        Events.await(stream.closed);
        assertThat(stream.read.get()).isLessThan(MUCH);
        server.awaitPeerClosed(1);
    }

    @Test
    void cancellingFreesTheConnectionAndTheSourceAtOnce() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.thenBeforeBody(to -> {
            to.skip(1_000_000).await(gate);
            to.awaitPeerClosed();
        });
        ZerosStream stream = ZerosStream.of(MUCH);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        AtomicInteger after = new AtomicInteger();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        OpenAICall<OpenAIFileResult> call = client.files()
                .create(
                        zeros(stream, MUCH),
                        "batch",
                        p -> p.onProgress(progress -> {
                            if (cancelled.isDone()) after.incrementAndGet();
                            if (progress.bytes() > 500_000) begun.complete(null);
                        }));
        Events.await(begun);
        cancelled.complete(call.cancel());
        gate.countDown();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
        server.awaitPeerClosed(1);
        Events.await(stream.closed);
        assertThat(after.get()).isLessThanOrEqualTo(1);
        assertThat(stream.read.get()).isLessThan(MUCH);
    }

    @Test
    void cancellingEndsAReadThatBlocks() throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        ZerosStream stream = ZerosStream.blocking(MUCH, 100_000);
        OpenAICall<OpenAIFileResult> call = client.files().create(zeros(stream, MUCH), "batch", p -> p.async());
        Events.await(stream.blocked);
        call.cancel();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
        server.awaitPeerClosed(1);
        Events.await(stream.closed);
    }

    @Test
    void aSourceThatBlocksHoldsUpNoOtherCall() throws Exception {
        int many = 20;
        ZerosStream[] blocked = new ZerosStream[many];
        server.otherwise(to -> to.answer(200, FilesTest.FILE));
        for (int i = 0; i < many; i++) server.thenBeforeBody(to -> to.awaitPeerClosed());
        for (int i = 0; i < many; i++) {
            ZerosStream stream = blocked[i] = ZerosStream.blocking(MUCH, 0);
            client.files().create(zeros(stream, MUCH), "batch", p -> p.async());
        }
        for (ZerosStream stream : blocked) Events.await(stream.blocked);
        assertThat(client.files()
                        .create(FileSource.of("x", new byte[100]), "batch", p -> p.maxRetries(0))
                        .success())
                .isTrue();
        client.close();
        for (ZerosStream stream : blocked) Events.await(stream.closed);
    }

    @Test
    void closingTheClientEndsItAndClosesTheSource() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.thenBeforeBody(to -> {
            gate.countDown();
            to.awaitPeerClosed();
        });
        ZerosStream stream = ZerosStream.blocking(MUCH, 100_000);
        OpenAICall<OpenAIFileResult> call = client.files().create(zeros(stream, MUCH), "batch", p -> p.async());
        Events.await(gate);
        Events.await(stream.blocked);
        client.close();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        Events.await(stream.closed);
        server.awaitPeerClosed(1);
    }

    @Test
    void aLostConnectionClosesTheSourceOfItsAttempt() throws Exception {
        server.thenBeforeBody(to -> to.skip(1_000_000).reset())
                .thenBeforeBody(to -> to.skip(1_000_000).reset());
        List<ZerosStream> made = new CopyOnWriteArrayList<>();
        FileSource source = FileSource.of("zeros", MUCH, () -> {
            made.add(ZerosStream.of(MUCH));
            return made.get(made.size() - 1);
        });
        OpenAIFileResult result = client.files().create(source, "batch");
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(made).hasSize(2);
        for (ZerosStream stream : made) Events.await(stream.closed);
    }

    @Test
    void manyUploadsAtATimeAllArriveWhole() throws Exception {
        int many = 12;
        long length = 3_000_000;
        CopyOnWriteArrayList<Long> sums = new CopyOnWriteArrayList<>();
        for (int i = 0; i < many; i++)
            server.thenBeforeBody(to -> {
                CRC32 sum = new CRC32();
                to.passBody(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
                sums.add(sum.getValue());
                to.answer(200, FilesTest.FILE);
            });
        List<OpenAICall<OpenAIFileResult>> calls = new CopyOnWriteArrayList<>();
        for (int i = 0; i < many; i++)
            calls.add(client.files()
                    .create(FileSource.of("zeros", length, () -> ZerosStream.of(length)), "batch", p -> p.async()));
        for (OpenAICall<OpenAIFileResult> call : calls)
            assertThat(Way.ended(call).errors()).isEmpty();
        assertThat(sums).hasSize(many);
        assertThat(server.connections()).isLessThanOrEqualTo(many);
    }

    @Test
    void aWholeCallHasItsTimeoutInTheMiddleOfAnUploadToo() throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        ZerosStream stream = ZerosStream.blocking(MUCH, 100_000);
        OpenAIFileResult result =
                client.files().create(zeros(stream, MUCH), "batch", p -> p.timeout(Duration.ofMillis(300)));
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
        Events.await(stream.closed);
        server.awaitPeerClosed(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatCountsMoreThanItWasAskedForEndsTheCall(Manner manner) throws Exception {
        server.thenBeforeBody(to -> to.awaitPeerClosed());
        InputStream boasting = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int most) {
                return most + 1;
            }
        };
        OpenAIError error = manner.upload(client, FileSource.of("x", () -> boasting))
                .errors()
                .get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOURCE);
        assertThat(error.message()).contains("were asked for");
        server.awaitPeerClosed(1);
    }

    @Test
    void whatThereIsOnlyOnceServesTheCallThatOpenedIt() throws Exception {
        server.thenBeforeBody(to -> {
            to.passBody(OutputStream.nullOutputStream());
            to.answer(200, FilesTest.FILE);
        });
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch opened = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        InputStream stream = new ByteArrayInputStream(new byte[1000]) {
            @Override
            public int read(byte[] into, int offset, int most) {
                opened.countDown();
                Events.await(gate);
                return super.read(into, offset, most);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        FileSource source = FileSource.once("x", stream);
        OpenAICall<OpenAIFileResult> first = client.files().create(source, "batch", p -> p.async());
        Events.await(opened);
        for (FileSource again : List.of(source, source.named("y"), FileSource.once("z", stream))) {
            OpenAIError error = client.files().create(again, "batch").errors().get(0);
            assertThat(error.kind()).isEqualTo(Kind.SOURCE);
            assertThat(error.message()).contains("another call is sending it");
        }
        assertThat(closed).hasValue(0);
        gate.countDown();
        assertThat(Way.ended(first).errors()).isEmpty();
        assertThat(client.files().create(source, "batch").errors().get(0).message())
                .contains("only once");
    }

    @Test
    void aLengthThatNoBodyCanHaveEndsTheCall() {
        OpenAIError error = client.files()
                .create(zeros(ZerosStream.of(1), Long.MAX_VALUE), "batch")
                .errors()
                .get(0);
        assertThat(error.kind()).isEqualTo(Kind.SOURCE);
        assertThat(error.message()).contains("too long");
    }

    @Test
    void anErrorInClosingEndsNoThread() {
        InputStream stream = new ByteArrayInputStream(new byte[10]) {
            @Override
            public void close() {
                throw new StackOverflowError("in close");
            }
        };
        assertThatCode(Sources.once(stream, 10).get()::over).doesNotThrowAnyException();
    }
}
