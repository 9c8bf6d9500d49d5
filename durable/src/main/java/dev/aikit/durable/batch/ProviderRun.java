package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.batches.OpenAIBatch;
import dev.aikit.batches.OpenAIBatchResult;
import dev.aikit.durable.DurableWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that a provider does: parts are uploaded, begun, asked after, fetched and merged. On the caller's thread. */
final class ProviderRun implements Work {
    /** That the provider has enough of this account's work for now. */
    private static final String ENOUGH = "token_limit_exceeded";

    private final BatchBuilder settings;
    private final DurableWorker worker;
    private final OpenAI client;
    private final CompletableFuture<Void> pause;
    private final PartFiles files;
    private final PartMerge merge;
    private final String url;
    private final Rate rate = new Rate();
    private final Map<Integer, OpenAIBatch> asked = new HashMap<>();
    private BatchRow row;
    private List<Part> parts;
    private boolean enough;
    private String trouble = "";

    ProviderRun(
            BatchBuilder settings,
            BatchInput input,
            DurableWorker worker,
            OpenAI client,
            ResultFile out,
            BatchRow row,
            CompletableFuture<Void> pause) {
        this.settings = settings;
        this.worker = worker;
        this.client = client;
        this.pause = pause;
        this.row = row;
        this.files = new PartFiles(input, worker);
        this.merge = new PartMerge(worker, client, out, files);
        this.url = row.settings().get("url").asText();
        this.parts = PartTables.parts(worker);
    }

    /** What the provider said makes no sense to go on; a key that is refused among it. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(OpenAIError error) {
            super(error.toString());
        }
    }

    @Override
    public String go() throws IOException, InterruptedException {
        try {
            plan();
            while (true) {
                row = row.state(state());
                boolean cancelled = row.state() == BatchState.CANCELLED;
                for (int i = 0; i < parts.size() && !pause.isDone(); i++) {
                    Part part = parts.get(i);
                    if (!part.merged() && part.batchId().isEmpty() && !enough && !cancelled) send(i);
                    if (parts.get(i).isOpen()) ask(i, cancelled);
                }
                tell();
                boolean left = parts.stream().anyMatch(part -> cancelled ? part.isOpen() : !part.merged());
                if (!left || pause.isDone()) return "";
                step();
            }
        } catch (Refused refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private BatchState state() {
        BatchRow now = BatchTables.find(worker);
        return now == null ? row.state() : now.state();
    }

    private void plan() throws IOException {
        if (parts.isEmpty()) PartTables.insert(worker, files.plan(settings.mostRequests, settings.mostBytes));
        parts = PartTables.parts(worker);
        while (PartTables.take(worker, parts.size() + 1, settings.mostRequests) > 0) parts = PartTables.parts(worker);
    }

    private void keep(int index, Part part) {
        PartTables.update(worker, part);
        parts.set(index, part);
    }

    private void send(int index) throws IOException, Refused {
        Part part = parts.get(index);
        if (part.fileId().isEmpty()) {
            Path file = Files.createTempFile("aikit-batch", ".jsonl");
            try {
                files.write(part, file);
                part = part.fileId(taken(client.files().create(file, "batch"))
                        .json()
                        .get("id")
                        .asText());
            } finally {
                Files.deleteIfExists(file);
            }
            keep(index, part);
        } else {
            // It may have been begun by a process that died before it noted that.
            String fileId = part.fileId();
            Optional<OpenAIBatch> begun = taken(client.batches().list(p -> p.limit(100))).batches().stream()
                    .filter(batch -> batch.inputFileId().equals(fileId)
                            && !batch.status().equals("failed"))
                    .findFirst();
            if (begun.isPresent()) {
                keep(index, part.batchId(begun.get().id()));
                return;
            }
        }
        keep(
                index,
                part.batchId(taken(client.batches().create(part.fileId(), url))
                        .batch()
                        .id()));
    }

    private static <R extends OpenAIResult> R taken(R result) throws IOException, Refused {
        if (result.success()) return result;
        refuse(result);
        throw new IOException(
                "the provider does not take the batch: " + result.errors().get(0));
    }

    private static void refuse(OpenAIResult result) throws Refused {
        OpenAIError error = result.errors().get(0);
        if (error.isAuthenticationError() || error.isPermissionDeniedError()) throw new Refused(error);
    }

    private void ask(int index, boolean cancelled) throws IOException, Refused {
        Part part = parts.get(index);
        OpenAIBatchResult answer = client.batches().retrieve(part.batchId());
        if (!answer.success()) {
            refuse(answer);
            trouble = answer.errors().get(0).toString(); // it is asked again
            return;
        }
        trouble = "";
        OpenAIBatch batch = answer.batch();
        asked.put(part.number(), batch);
        if (batch.status().equals("failed")) {
            failed(index, batch);
        } else if (batch.isEnded()) {
            row = merge.of(part, batch, row);
            parts.set(index, part.done());
            asked.remove(part.number());
            enough = false;
        } else if (cancelled && !batch.status().equals("cancelling")) {
            taken(client.batches().cancel(batch.id()));
        }
    }

    /** Its input was refused: to be begun again, later if it was too much for now. */
    private void failed(int index, OpenAIBatch batch) throws IOException {
        keep(index, parts.get(index).batchId(""));
        asked.remove(parts.get(index).number());
        enough = batch.errors().stream().anyMatch(flaw -> flaw.code().equals(ENOUGH))
                && parts.stream().anyMatch(Part::isOpen);
        if (enough) return;
        OpenAIBatch.Flaw flaw = batch.errors().isEmpty() ? null : batch.errors().get(0);
        throw new IOException("the provider refuses " + batch.id() + ": "
                + (flaw == null ? "it does not say why" : flaw.message() + at(flaw)));
    }

    private static String at(OpenAIBatch.Flaw flaw) {
        return flaw.line() > 0 ? " (line " + flaw.line() + " of its part)" : "";
    }

    private void tell() {
        long there = asked.values().stream()
                .mapToLong(OpenAIBatch::completedRequests)
                .sum();
        long failed = PartTables.failed(worker);
        BatchRow shown = row.done(row.done() + there);
        settings.onProgress.accept(
                new BatchStatus(shown, failed, rate.perSecond(System.nanoTime(), shown.done() + failed), trouble));
    }

    private void step() throws InterruptedException {
        try {
            pause.get(settings.pollEvery.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException usual) {
            // on with it
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
