package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose batch is at a provider, which is a fake, is killed while it uploads, begins, asks and fetches. */
class ViaProviderKillTest {
    private static final int REQUESTS = 100;
    private static final int KILLS = 6;

    @TempDir
    Path folder;

    @Test
    void eachResultIsWrittenOnceAndNoBatchIsBegunTwice() throws Exception {
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++)
            in.append("{\"custom_id\":\"r" + i + "\",\"url\":\"/v1/chat/completions\",\"body\":{}}\n");
        Files.writeString(folder.resolve("in.jsonl"), in);
        try (FakeProvider provider = new FakeProvider()) {
            provider.asksUntilDone(3);
            Process process = start(provider);
            for (int kills = 0; kills < KILLS && process.isAlive(); kills++) {
                CompletableFuture.anyOf(provider.whenRequests(provider.requests() + 1 + kills), process.onExit())
                        .join();
                process.destroyForcibly();
                process.waitFor();
                process = start(provider);
            }
            assertThat(process.waitFor())
                    .as(Files.readString(folder.resolve("process-batch.txt")))
                    .isZero();
            assertThat(provider.worked()).hasSize(REQUESTS);
        }
        List<Json> results = Files.readAllLines(folder.resolve("in.output.jsonl")).stream()
                .map(Json::parse)
                .toList();
        Set<String> ids = new HashSet<>();
        for (Json line : results)
            assertThat(ids.add(line.get("custom_id").asText())).isTrue();
        assertThat(ids).hasSize(REQUESTS);
    }

    private Process start(FakeProvider provider) throws Exception {
        return Processes.start(BatchMain.class, "-Xmx64m", folder, "batch", provider.baseUrl(), "provider");
    }
}
