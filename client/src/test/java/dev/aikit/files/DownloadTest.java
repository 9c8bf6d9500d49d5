package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIProgress;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Saving a file: whole, or not at all. */
class DownloadTest extends KeyedServerTest {
    @TempDir
    Path folder;

    DownloadTest() {
        super(c -> c.maxRetries(1).limits(l -> l.maxBodyBytes(1000)));
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** What is removed is removed soon, on another thread; nobody announces it. */
    private void awaitInFolder(String... names) throws Exception {
        until(() -> inFolder().equals(List.of(names)));
    }

    private void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in the folder: %s", inFolder()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsSavedByteByByteWhateverTheLimitForBodiesInMemory(Manner manner) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(2).nextBytes(bytes);
        Path target = Files.writeString(folder.resolve("data.bin"), "what was there before");
        server.then(to -> to.head(200, "content-length: " + bytes.length).raw(bytes));
        OpenAIFileContentResult result = manner.save(client, target);
        assertThat(result.errors()).isEmpty();
        assertThat(result.path()).isEqualTo(target);
        assertThat(result.bytes()).isEmpty();
        assertThat(result.response().body()).isEmpty();
        assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
        assertThat(inFolder()).containsExactly("data.bin");
    }

    @Test
    void anEmptyFileIsSavedToo() throws Exception {
        server.then(to -> to.answer(200, ""))
                .then(to -> to.head(200, "transfer-encoding: chunked").chunk(""));
        client.files().content("file-1", folder.resolve("a")).orThrow();
        client.files().content("file-1", folder.resolve("b")).orThrow();
        assertThat(folder.resolve("a")).isEmptyFile();
        assertThat(folder.resolve("b")).isEmptyFile();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsCutIsAnErrorAndLeavesTheTargetAsItWas(Manner manner) throws Exception {
        Path target = Files.writeString(folder.resolve("data"), "before");
        server.otherwise(
                to -> to.head(200, "content-length: 1000000").writeAll(999_999).close());
        OpenAIFileContentResult result = manner.save(client, target);
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(result.attempts()).hasSize(2);
        assertThat(result.path()).isNull();
        awaitInFolder("data");
        assertThat(target).hasContent("before");
    }

    @Test
    void anotherAttemptBeginsAfresh() throws Exception {
        Path target = folder.resolve("data");
        server.then(to -> to.head(200, "content-length: 1000000")
                        .writeAll(900_000)
                        .reset())
                .then(to -> to.answer(200, "the second"));
        OpenAIFileContentResult result =
                client.files().content("file-1", target).orThrow();
        assertThat(result.attempts()).hasSize(2);
        assertThat(target).hasContent("the second");
        awaitInFolder("data");
    }

    @ParameterizedTest
    @EnumSource
    void aFolderThatIsNotThereIsAClearError(Manner manner) throws Exception {
        server.then(to -> to.answer(200, "content"));
        Path target = folder.resolve("missing").resolve("data");
        OpenAIFileContentResult result = manner.save(client, target);
        OpenAIError error = result.errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.TARGET);
        assertThat(error.errCode()).isEqualTo(1502);
        assertThat(error.message())
                .contains("could not be written to " + target)
                .contains("no such file or directory")
                .doesNotContain(".part");
        assertThat(error.status()).isEqualTo(200);
        assertThat(result.attempts()).hasSize(1);
    }

    @Test
    void aTargetThatIsAFolderIsAClearErrorAndNothingStaysBehind() throws Exception {
        server.then(to -> to.answer(200, "content"));
        Path target = Files.createDirectory(folder.resolve("data"));
        Files.writeString(target.resolve("inside"), "x");
        OpenAIError error = client.files().content("file-1", target).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.TARGET);
        assertThat(inFolder()).containsExactly("data");
        assertThat(target.resolve("inside")).hasContent("x");
    }

    @Test
    void cancellingFreesTheConnectionAndRemovesWhatCame() throws Exception {
        Path target = folder.resolve("data");
        server.then(to -> {
            to.head(200, "content-length: 100000000").writeAll(1_000_000);
            to.awaitPeerClosed();
        });
        CompletableFuture<Void> begun = new CompletableFuture<>();
        OpenAICall<OpenAIFileContentResult> call = client.files()
                .content(
                        "file-1",
                        target,
                        p -> p.onProgress(progress -> {
                            if (progress.bytes() >= 1_000_000) begun.complete(null);
                        }));
        Events.await(begun);
        call.cancel();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
        server.awaitPeerClosed(1);
        awaitInFolder();
    }

    @Test
    void closingTheClientRemovesWhatCame() throws Exception {
        server.then(to -> {
            to.head(200, "content-length: 100000000").writeAll(1_000_000);
            to.awaitPeerClosed();
        });
        CompletableFuture<Void> begun = new CompletableFuture<>();
        OpenAICall<OpenAIFileContentResult> call = client.files()
                .content(
                        "file-1",
                        folder.resolve("data"),
                        p -> p.onProgress(progress -> {
                            if (progress.bytes() >= 1_000_000) begun.complete(null);
                        }));
        Events.await(begun);
        client.close();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        awaitInFolder();
    }

    /** A call that waits keeps nothing alive by itself: whoever waits does. */
    @Test
    void whatIsBeingSavedKeepsTheProgramUntilItsPartIsRemoved() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.otherwise(
                to -> to.head(200, "content-length: 100").raw("x").await(gate).reset());
        CompletableFuture<OpenAIFileContentResult> result = CompletableFuture.supplyAsync(
                () -> client.files().content("file-1", folder.resolve("data"), p -> p.maxRetries(0)));
        until(() -> inFolder().size() == 1);
        assertThat(keepers()).isEqualTo(1);
        gate.countDown();
        assertThat(Events.await(result).success()).isFalse();
        until(() -> keepers() == 0);
        assertThat(inFolder()).isEmpty();
    }

    private static long keepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("aikit-keep-alive"))
                .count();
    }

    @Test
    void progressGrowsAndEndsWithAll() throws Exception {
        int length = 5_000_000;
        server.then(to -> to.head(200, "content-length: " + length).writeAll(length));
        List<OpenAIProgress> seen = new CopyOnWriteArrayList<>();
        Way.ended(client.files().content("file-1", folder.resolve("data"), p -> p.onProgress(seen::add)))
                .orThrow();
        assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(one.bytes(), other.bytes()));
        assertThat(seen).extracting(OpenAIProgress::total).containsOnly((long) length);
        assertThat(seen.get(seen.size() - 1).fraction()).isEqualTo(1);
    }

    @Test
    void aResultThatFailedKeepsWhatTheServerSaid() throws Exception {
        server.otherwise(to -> to.answer(500, "{\"error\":{\"message\":\"broken\"}}", "x-request-id: r-1"));
        OpenAIFileContentResult result = client.files().content("file-1", folder.resolve("data"));
        assertThat(result.errors().get(0).message()).contains("broken");
        assertThat(result.requestID()).isEqualTo("r-1");
        assertThat(new String(result.response().body(), StandardCharsets.UTF_8)).contains("broken");
        assertThat(inFolder()).isEmpty();
    }

    /** Whoever ends a call learns what became of its target, and each time it is one of the two. */
    @Test
    void theTargetIsNewIfAndOnlyIfTheCallSucceeded() throws Exception {
        byte[] bytes = new byte[300_000];
        server.otherwise(to -> to.head(200, "content-length: " + bytes.length).raw(bytes));
        Random random = new Random(5);
        Path target = folder.resolve("data");
        int cancelled = 0;
        for (int i = 0; i < 150; i++) {
            Files.writeString(target, "before");
            OpenAICall<OpenAIFileContentResult> call = client.files().content("file-1", target, p -> p.async());
            long cancelAt = System.nanoTime() + random.nextInt(5_000_000);
            while (System.nanoTime() < cancelAt) Thread.onSpinWait();
            boolean ended = call.cancel();
            OpenAIFileContentResult result = Way.ended(call);
            assertThat(result.success()).isEqualTo(!ended);
            if (ended) {
                cancelled++;
                awaitInFolder("data");
            }
            assertThat(Files.size(target)).isEqualTo(ended ? 6 : bytes.length);
        }
        assertThat(cancelled).isPositive();
    }

    @Test
    void onceTheTargetIsNewNobodyCanEndTheCallInAnotherWay() throws Exception {
        server.then(to -> to.answer(200, "content"));
        Path target = folder.resolve("data");
        Worker worker = Worker.named("downloads");
        CountDownLatch gate = new CountDownLatch(1);
        worker.call(() -> Events.await(gate));
        OpenAICall<OpenAIFileContentResult> call =
                client.files().content("file-1", target, p -> p.on(worker).formula(result -> {}));
        until(() -> inFolder().equals(List.of("data")));
        assertThat(call.cancel()).isFalse();
        client.close();
        gate.countDown();
        assertThat(Way.ended(call).errors()).isEmpty();
        worker.kill();
    }

    @ParameterizedTest
    @EnumSource
    void aPartOfTheContentIsNoSuccess(Manner manner) throws Exception {
        Path target = Files.writeString(folder.resolve("data"), "before");
        server.then(to -> to.answer(206, "abc", "content-range: bytes 0-2/1000"));
        OpenAIError error = manner.save(client, target).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(error.message()).contains("206").contains("bytes 0-2/1000");
        server.then(to -> to.head(204));
        assertThat(manner.save(client, target).errors().get(0).message()).contains("204");
        assertThat(target).hasContent("before");
        awaitInFolder("data");
        server.then(to -> to.answer(206, "abc"));
        assertThat(client.files().content("file-1").success()).isFalse();
    }

    @Test
    void aPartThatIsAllOfItIsTheContent() {
        server.then(to -> to.answer(206, "abc", "content-range: bytes 0-2/3"));
        assertThat(client.files().content("file-1").orThrow().text()).isEqualTo("abc");
    }

    @Test
    void aNameMayBeAsLongAsTheDiskAllows() {
        server.then(to -> to.answer(200, "content"));
        Path target = folder.resolve("n".repeat(240));
        client.files().content("file-1", target).orThrow();
        assertThat(target).hasContent("content");
    }

    @Test
    void aSymbolicLinkStaysAndWhatItLeadsToIsReplaced() throws Exception {
        server.otherwise(to -> to.answer(200, "content"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path old = Files.writeString(elsewhere.resolve("old"), "before");
        for (Path real : List.of(old, elsewhere.resolve("new"))) {
            Path relative =
                    Files.createSymbolicLink(folder.resolve("to-" + real.getFileName()), folder.relativize(real));
            Path link = Files.createSymbolicLink(folder.resolve("link-" + real.getFileName()), relative);
            assertThat(client.files().content("file-1", link).orThrow().path()).isEqualTo(link);
            assertThat(real).hasContent("content");
            assertThat(Files.isSymbolicLink(link) && Files.isSymbolicLink(relative))
                    .isTrue();
        }
        Path circle = folder.resolve("circle");
        Files.createSymbolicLink(circle, circle);
        OpenAIError error = client.files().content("file-1", circle).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.TARGET);
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws Exception {
        server.then(to -> to.answer(200, "content"));
        Path target = folder.resolve("socket");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(target));
            OpenAIError error =
                    client.files().content("file-1", target).errors().get(0);
            assertThat(error.kind()).isEqualTo(Kind.TARGET);
            assertThat(error.message()).contains("a device, a pipe or a socket");
            assertThat(Files.isRegularFile(target)).isFalse();
        }
        assertThat(inFolder()).containsExactly("socket");
    }

    @Test
    void aFolderThatTakesThePlaceMeanwhileIsAClearErrorThatNamesTheTarget() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Path target = folder.resolve("data");
        server.then(
                to -> to.head(200, "content-length: 6").raw("abc").await(gate).raw("def"));
        OpenAICall<OpenAIFileContentResult> call = client.files().content("file-1", target, p -> p.async());
        until(() -> inFolder().size() == 1);
        Files.createDirectory(target);
        gate.countDown();
        OpenAIError error = Way.ended(call).errors().get(0);
        assertThat(error.kind()).isEqualTo(Kind.TARGET);
        assertThat(error.message()).contains(target.toString()).doesNotContain(".part");
        awaitInFolder("data");
    }
}
