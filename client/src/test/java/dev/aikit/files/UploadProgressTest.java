package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIProgress;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The listener of an upload: in order, on the callbacks' place, never in the way. */
class UploadProgressTest extends KeyedServerTest {
    private static final long LENGTH = 20L << 20;

    private final List<OpenAIProgress> seen = new CopyOnWriteArrayList<>();
    private final List<String> callbacks = new CopyOnWriteArrayList<>();

    UploadProgressTest() {
        super(c -> c.maxRetries(0));
    }

    private static FileSource source(long length) {
        return FileSource.of("zeros", length, () -> ZerosStream.of(length));
    }

    private void serve() {
        server.thenBeforeBody(to -> to.passBody(OutputStream.nullOutputStream()).answer(200, FilesTest.FILE));
    }

    @RepeatedTest(5)
    void itGrowsAndEndsWithAll() throws Exception {
        serve();
        OpenAIFileResult result = Way.ended(client.files()
                .create(
                        source(LENGTH),
                        "batch",
                        p -> p.onProgress(progress -> {
                                    seen.add(progress);
                                    callbacks.add("onProgress");
                                })
                                .onResponse(r -> callbacks.add("onResponse"))
                                .onTerminate(r -> callbacks.add("onTerminate"))
                                .formula(r -> callbacks.add("formula"))));
        assertThat(result.errors()).isEmpty();
        assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(one.bytes(), other.bytes()));
        OpenAIProgress last = seen.get(seen.size() - 1);
        assertThat(last.bytes()).isEqualTo(last.total()).isBetween(LENGTH, LENGTH + 1000);
        assertThat(last.fraction()).isEqualTo(1);
        assertThat(seen).extracting(OpenAIProgress::total).containsOnly(last.total());
        assertThat(callbacks.subList(callbacks.size() - 4, callbacks.size()))
                .containsExactly("onProgress", "onResponse", "onTerminate", "formula");
        assertThat(callbacks).hasSize(seen.size() + 3);
    }

    @Test
    void aTotalThatNobodyKnowsIsMinusOne() throws Exception {
        serve();
        Way.ended(client.files()
                .create(FileSource.of("zeros", () -> ZerosStream.of(LENGTH)), "batch", p -> p.onProgress(seen::add)));
        assertThat(server.takeRequest().header("transfer-encoding")).isEqualTo("chunked");
        assertThat(seen).extracting(OpenAIProgress::total).containsOnly(-1L);
        assertThat(seen.get(seen.size() - 1).bytes()).isGreaterThan(LENGTH);
        assertThat(seen.get(0).fraction()).isZero();
    }

    @Test
    void aListenerThatBlocksDoesNotSlowTheUploadAndMissesOnlySteps() throws Exception {
        CountDownLatch allTaken = new CountDownLatch(1);
        server.thenBeforeBody(to -> {
            to.passBody(OutputStream.nullOutputStream());
            allTaken.countDown();
            to.answer(200, FilesTest.FILE);
        });
        OpenAICall<OpenAIFileResult> call = client.files()
                .create(
                        source(LENGTH),
                        "batch",
                        p -> p.onProgress(progress -> {
                            seen.add(progress);
                            Events.await(allTaken); // within the first of them
                        }));
        assertThat(Way.ended(call).errors()).isEmpty();
        assertThat(seen).hasSizeBetween(2, 6); // of more than 300 pieces; the last ones may come one by one
        OpenAIProgress last = seen.get(seen.size() - 1);
        assertThat(last.bytes()).isEqualTo(last.total());
    }

    @Test
    void itIsCalledWhereTheCallbacksRun() throws Exception {
        serve();
        Worker worker = Worker.named("upload-progress");
        List<Object> places = new CopyOnWriteArrayList<>();
        Way.ended(client.files()
                .create(
                        source(1000),
                        "batch",
                        p -> p.on(worker).onProgress(progress -> places.add(String.valueOf(Worker.current())))));
        worker.kill();
        assertThat(places).isNotEmpty().containsOnly(String.valueOf(worker));
    }

    @Test
    void oneThatThrowsHarmsNobody() throws Exception {
        serve();
        List<String> uncaught = new CopyOnWriteArrayList<>();
        try (OpenAI guarded = Way.client(
                server, c -> c.uncaughtExceptionHandler((call, thrown) -> uncaught.add(thrown.getMessage())))) {
            OpenAIFileResult result = Way.ended(guarded.files()
                    .create(
                            source(1000),
                            "batch",
                            p -> p.onProgress(progress -> {
                                throw new IllegalStateException("mine");
                            })));
            assertThat(result.success()).isTrue();
            assertThat(uncaught).isNotEmpty().allMatch(message -> message.contains("onProgress"));
        }
    }

    @Test
    void itBeginsAgainWithAnotherAttempt() throws Exception {
        server.thenBeforeBody(to -> to.skip(1_000_000).reset());
        serve();
        Way.ended(client.files()
                .create(source(LENGTH), "batch", p -> p.maxRetries(1).onProgress(seen::add)));
        OpenAIProgress last = seen.get(seen.size() - 1);
        assertThat(last.bytes()).isEqualTo(last.total());
    }
}
