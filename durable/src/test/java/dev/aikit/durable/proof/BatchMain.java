package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.durable.SqliteStore;
import dev.aikit.durable.batch.Batch;
import dev.aikit.durable.batch.BatchBuilder;
import dev.aikit.durable.batch.BatchInput;
import dev.aikit.durable.batch.BatchState;
import dev.aikit.durable.batch.BatchStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a batch, or goes on with it, until it is done. Arguments: folder, base URL, and maybe "provider" for its Batch API. */
public final class BatchMain {
    private BatchMain() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        BatchStatus end;
        try (OpenAI client = OpenAI.create(c -> c.baseURL(arguments[1]))) {
            BatchBuilder builder = Batch.builder()
                    .input(BatchInput.requests(folder.resolve("in.jsonl")))
                    .store(SqliteStore.at(folder.resolve("batch.db")))
                    .client(client)
                    .maxInFlight(64)
                    .backOff(Duration.ofMillis(20), Duration.ofMillis(200));
            if (arguments.length > 2)
                builder.viaProvider().providerFile(25, 1_000_000).pollEvery(Duration.ofMillis(20));
            end = builder.build().run();
        }
        System.out.println(end + memory());
        System.exit(end.state() == BatchState.DONE ? 0 : 1);
    }

    /** What the system has given the process at the most, and the heap's limit. */
    private static String memory() throws Exception {
        String heap = ", heap of at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB";
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return heap;
        return heap + ", "
                + Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("")
                        .replaceAll("\\s+", " ");
    }
}
