package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.batches.OpenAIBatch;
import dev.aikit.durable.DurableWorker;
import dev.aikit.files.OpenAIFileContentResult;
import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fetches what a provider made of a part, and writes it to the output: each result once, by its custom_id. */
final class PartMerge {
    private final DurableWorker worker;
    private final OpenAI client;
    private final ResultFile out;
    private final PartFiles files;

    PartMerge(DurableWorker worker, OpenAI client, ResultFile out, PartFiles files) {
        this.worker = worker;
        this.client = client;
        this.out = out;
        this.files = files;
    }

    /** Merges it; returns how far the batch is then. */
    BatchRow of(Part part, OpenAIBatch batch, BatchRow before) throws IOException {
        out.goOnFrom(before.written()); // an attempt that failed may have left something
        Set<String> left = files.ids(part);
        Map<String, String> failures = new LinkedHashMap<>();
        BatchRow row = before;
        for (String fileId : List.of(batch.outputFileId(), batch.errorFileId()))
            if (!fileId.isEmpty()) row = read(fileId, row, left, failures);
        for (String id : left) failures.put(id, missing(id, batch));
        row = row.written(out.sync());
        PartTables.merged(worker, row, part, failures);
        return row;
    }

    private BatchRow read(String fileId, BatchRow before, Set<String> left, Map<String, String> failures)
            throws IOException {
        Path file = Files.createTempFile("aikit-batch", ".jsonl");
        BatchRow row = before;
        try {
            OpenAIFileContentResult fetched = client.files().content(fileId, file);
            if (!fetched.success())
                throw new IOException("the results at the provider could not be fetched: "
                        + fetched.errors().get(0));
            try (Lines lines = new Lines(Files.newInputStream(file))) {
                for (String text = lines.next(); text != null; text = lines.next()) {
                    Json line = RequestLines.object(lines, text);
                    String id = line.get("custom_id").asText();
                    if (!left.remove(id)) continue;
                    if (isResult(line)) {
                        out.append((text.strip() + "\n").getBytes(StandardCharsets.UTF_8));
                        long[] tokens = ResultLines.tokens(line.get("response").get("body"));
                        row = row.plus(tokens[0], tokens[1]);
                    } else {
                        failures.put(id, text.strip());
                    }
                }
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return row;
    }

    private static boolean isResult(Json line) {
        int status = line.get("response").get("status_code").asInt(0);
        return status >= 200 && status < 300 && !line.get("error").isPresent();
    }

    /** As OpenAI says it of those that it gave up. */
    private static String missing(String id, OpenAIBatch batch) {
        return Json.missing()
                .with("id", null)
                .with("custom_id", id)
                .with("response", null)
                .with(
                        "error",
                        Map.of(
                                "code",
                                "batch_" + batch.status(),
                                "message",
                                "the provider ended " + batch.id() + " (" + batch.status() + ") without it"))
                .toString();
    }
}
