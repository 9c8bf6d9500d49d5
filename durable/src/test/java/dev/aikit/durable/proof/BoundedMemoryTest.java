package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Callbacks that hang while thousands are due: what is due is in the store, and not in memory. {@code -Dproof.due=100000}
 * for the long run.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class BoundedMemoryTest {
    private static final int DUE = Integer.getInteger("proof.due", 3_000);
    private static final int MEGABYTES = 64;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void whatIsDueIsNotInMemory() throws Exception {
        int question = Math.max(1_000, 4 * (MEGABYTES << 20) / DUE); // in all four times the heap
        TestStore.create(kind, folder);
        String answer = "y".repeat(question / 2);
        try (ModelServer server = new ModelServer().rule((key, time) -> ModelServer.Reply.ok(answer))) {
            Process process = Processes.start(
                    ManyDueMain.class,
                    "-Xmx" + MEGABYTES + "m",
                    folder,
                    "due",
                    server.baseUrl(),
                    "" + DUE,
                    "" + question);
            try {
                CompletableFuture.anyOf(server.whenRequests(DUE), process.onExit())
                        .join();
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
                assertThat(process.waitFor(55, TimeUnit.MINUTES)).isTrue();
                String said = Files.readString(folder.resolve("process-due.txt"));
                assertThat(process.exitValue()).as(said).isZero();
                assertThat(said).contains("all have been called");
                System.out.println(said);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
