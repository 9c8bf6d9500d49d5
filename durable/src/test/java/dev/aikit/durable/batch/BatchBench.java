package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.durable.SqliteStore;
import dev.aikit.durable.proof.ModelServer;
import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A fake server, whose requests are known by their {@code user}, and the files of a batch. */
final class BatchBench implements AutoCloseable {
    final ModelServer server = new ModelServer();
    final OpenAI client = OpenAI.create(c -> c.baseURL(server.baseUrl()).apiKey("sk-secret-of-the-client"));
    final Path folder;
    final Path input;
    final Path output;
    final Path errors;
    final SqliteStore store;

    BatchBench(Path folder) {
        this.folder = folder;
        input = folder.resolve("questions.jsonl");
        output = folder.resolve("questions.output.jsonl");
        errors = folder.resolve("questions.errors.jsonl");
        store = SqliteStore.at(folder.resolve("questions.db"));
    }

    static String line(String key) {
        return "{\"custom_id\":\"" + key
                + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":"
                + "\"fake\",\"user\":\"" + key + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}}";
    }

    static void writeInput(Path input, int requests) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < requests; i++) lines.add(line("q-" + i));
        Files.write(input, lines);
    }

    BatchBuilder builder() {
        return builder(BatchInput.requests(input));
    }

    BatchBuilder builder(BatchInput from) {
        return Batch.builder()
                .input(from)
                .store(store)
                .client(client)
                .backOff(Duration.ofMillis(5), Duration.ofMillis(20))
                .patience(Duration.ZERO);
    }

    List<Json> results() throws IOException {
        return lines(output);
    }

    List<Json> failures() throws IOException {
        return lines(errors);
    }

    private static List<Json> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList();
    }

    static List<String> ids(List<Json> lines) {
        return lines.stream().map(line -> line.get("custom_id").asText()).toList();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
