package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIProgress;
import dev.aikit.files.FileSource;
import dev.aikit.files.OpenAIFileResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Pain 22: a file that is uploaded is not read into memory first; files.MemoryTest measures how little it takes. */
class Pain22FilesInMemoryTest {
    @Test
    void sendingBeginsBeforeTheFileHasEndedAndReadingStaysNearTheServer() throws Exception {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int most) {
                read.addAndGet(most);
                return most;
            }
        };
        CompletableFuture<OpenAIProgress> moved = new CompletableFuture<>();
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.thenBeforeBody(to -> {
                to.skip(1_000_000).await(gate);
                to.awaitPeerClosed();
            });
            OpenAICall<OpenAIFileResult> call = client.files()
                    .create(
                            FileSource.once("endless", endless),
                            "user_data",
                            p -> p.onProgress(progress -> {
                                if (progress.bytes() > 1_000_000) moved.complete(progress);
                            }));

            assertThat(Events.await(moved).total()).isEqualTo(-1);
            long first;
            do { // until the sockets' own buffers are full
                first = read.get();
                server.otherwise(to -> to.answer(200, "{\"data\":[]}"));
                for (int i = 0; i < 50; i++) client.models().list(p -> p.maxRetries(0));
            } while (read.get() > first);
            assertThat(first).isLessThan(64L << 20);

            call.cancel();
            gate.countDown();
            server.awaitPeerClosed(1);
            assertThat(Way.ended(call).errors().get(0).isCancelled()).isTrue();
        }
    }
}
