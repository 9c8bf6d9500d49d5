package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.StoredCall;
import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file of requests, up to millions of them, sent with a {@link DurableWorker}, and their results in another file:
 *
 * <pre>{@code
 * BatchStatus end = Batch.builder()
 *         .input(BatchInput.requests(Path.of("questions.jsonl")))
 *         .store(SqliteStore.at(Path.of("questions.db")))
 *         .client(client)
 *         .onProgress(status -> show(status))
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>Requests are read as there is room. A batch that was paused, or whose process was killed, goes on when it is run again
 * with the same store: each result is written once. A request may be sent, and billed, more than once.
 */
public final class Batch {
    private final BatchBuilder settings;
    private final BatchInput input;
    private final DurableStore store;
    private final OpenAI client;
    private final Path output;
    private final Path errors;
    private final CompletableFuture<Void> pause = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    Batch(BatchBuilder settings, BatchInput input, DurableStore store, OpenAI client, Path output, Path errors) {
        this.settings = settings;
        this.input = input;
        this.store = store;
        this.client = client;
        this.output = output;
        this.errors = errors;
    }

    /** A batch to be set up. */
    public static BatchBuilder builder() {
        return new BatchBuilder();
    }

    /**
     * The batch of a store, to go on with: input, output and errors are those that it was begun with. A client is needed.
     *
     * @throws IllegalStateException if the store has no batch
     */
    public static BatchBuilder resume(DurableStore store) {
        try (DurableWorker worker = store.inspect()) {
            Json kept = row(worker).settings();
            BatchBuilder builder = builder();
            builder.viaProvider = kept.get("via_provider").asBoolean(false);
            return builder.store(store)
                    .input(BatchInput.of(kept.get("input")))
                    .output(Path.of(kept.get("output").asText()))
                    .errors(Path.of(kept.get("errors").asText()))
                    .remark(kept.get("remark"));
        }
    }

    /**
     * How far the batch of a store is, whether or not a process works on it.
     *
     * @throws IllegalStateException if the store has no batch
     */
    public static BatchStatus status(DurableStore store) {
        try (DurableWorker worker = store.inspect()) {
            return status(worker, row(worker), "");
        }
    }

    private static BatchStatus status(DurableWorker worker, BatchRow row, String trouble) {
        long dead = worker.counts().getOrDefault(DurableState.DEAD, 0L);
        return new BatchStatus(row, dead + PartTables.failed(worker), 0, trouble);
    }

    private static BatchRow row(DurableWorker worker) {
        BatchTables.make(worker);
        BatchRow row = BatchTables.find(worker);
        if (row == null) throw new IllegalStateException("the store has no batch: one that was begun expected");
        return row;
    }

    /** Whether a process of this machine works on the batch whose output that is. */
    public static boolean isRunning(Path output) throws IOException {
        return ResultFile.isHeld(output.toAbsolutePath().normalize());
    }

    /**
     * Cancels the batch of a store: what was not sent will not be. A process that works on it notices within a second or
     * two and ends. What was sent has its results, or fails as cancelled.
     *
     * @throws IllegalStateException if the store has no batch, or one that is done
     */
    public static BatchStatus cancel(DurableStore store) throws IOException, InterruptedException {
        try (DurableWorker worker = store.inspect()) {
            BatchRow row = row(worker);
            if (row.state() == BatchState.DONE) throw new IllegalStateException("the batch is done");
            BatchTables.setState(worker, BatchState.CANCELLED);
            BatchStatus now = status(worker, row.state(BatchState.CANCELLED), "");
            try (ResultFile out = ResultFile.open(now.output())) {
                return out == null ? now : BatchEnd.of(worker, out, now.errors(), true);
            }
        }
    }

    /**
     * Gives all requests of a store's batch that have failed another life. They are sent when the batch is run.
     *
     * @return how many
     * @throws IllegalStateException if the store has no batch, or one that was cancelled
     */
    public static long redriveDead(DurableStore store) {
        try (DurableWorker worker = store.inspect()) {
            if (row(worker).state() == BatchState.CANCELLED) throw new IllegalStateException("the batch is cancelled");
            BatchTables.setState(worker, BatchState.OPEN);
            long redriven = PartTables.again(worker);
            for (List<StoredCall> dead = worker.list(DurableState.DEAD, 500);
                    !dead.isEmpty();
                    dead = worker.list(DurableState.DEAD, 500))
                for (StoredCall call : dead) if (worker.redrive(call.key())) redriven++;
            return redriven;
        }
    }

    /**
     * Runs the batch, or goes on with it, until every request has a result or has failed, until {@link #pause}, or until
     * somebody cancels it. Waits for that. The whole input is read and checked first, before anything is sent. A key that
     * the server refuses pauses the batch.
     *
     * @throws BatchInputException if a line of the input cannot be used
     * @throws IllegalStateException if another process works on it, if it was run before, or if the store belongs to
     *     something else
     * @throws IOException if a file cannot be read or written; the batch can be run again
     * @throws dev.aikit.durable.DurableStoreException if the store cannot be written; the same
     * @throws InterruptedException if the waiting thread is interrupted; the batch is paused
     */
    public BatchStatus run() throws IOException, InterruptedException {
        if (begun.getAndSet(true)) throw new IllegalStateException("run: a batch is run once; make another one");
        InputCheck check = InputCheck.of(input);
        try (ResultFile out = ResultFile.open(output)) {
            if (out == null) throw new IllegalStateException("another process works on the batch of " + output);
            return run(check, out);
        }
    }

    private BatchStatus run(InputCheck check, ResultFile out) throws IOException, InterruptedException {
        BatchRow row;
        Map<DurableState, Long> counts;
        try (DurableWorker worker = store.inspect()) {
            row = begin(worker, check, out);
            counts = worker.counts();
            boolean rest = row.state() == BatchState.CANCELLED
                    && PartTables.parts(worker).stream().anyMatch(Part::isOpen);
            if (row.state() != BatchState.OPEN && !rest) return status(worker, row, "");
        }
        out.goOnFrom(row.written());
        Work run = settings.viaProvider
                ? new ProviderRun(settings, input, store.inspect(), client, out, row, pause)
                : new BatchRun(settings, input, store, client, out, row, counts, pause);
        String trouble;
        try {
            trouble = run.go();
        } finally {
            run.close();
        }
        try (DurableWorker worker = store.inspect()) {
            BatchStatus end = BatchEnd.of(worker, out, errors, trouble.isEmpty());
            return trouble.isEmpty() ? end : status(worker, row(worker), trouble);
        }
    }

    private BatchRow begin(DurableWorker worker, InputCheck check, ResultFile out) throws IOException {
        BatchTables.make(worker);
        BatchRow row = BatchTables.find(worker);
        Json kept = Json.missing()
                .with("input", input.json())
                .with("digest", check.digest())
                .with("url", check.url())
                .with("output", output.toString())
                .with("errors", errors.toString())
                .with("via_provider", settings.viaProvider)
                .with("url", check.url())
                .with("remark", settings.remark);
        if (settings.viaProvider && check.url().isEmpty())
            throw new IllegalStateException(
                    "input: one url for all requests expected, because a provider takes no other");
        if (row == null) {
            if (worker.counts().values().stream().anyMatch(number -> number > 0))
                throw new IllegalStateException("store: one without other calls expected");
            if (!out.isEmpty())
                throw new IllegalStateException("output: a new file expected, " + output + " is there already");
            BatchTables.insert(worker, kept, check.total());
            return row(worker);
        }
        for (String what : List.of("input", "output", "errors", "via_provider", "digest")) {
            Json before = row.settings().get(what);
            if (!before.equals(kept.get(what)))
                throw new IllegalStateException(
                        what.equals("input")
                                ? "store: its batch was begun with another input, template or model"
                                : what.equals("digest")
                                        ? "the input " + input.file() + " was changed since the batch was begun"
                                        : "store: it has another batch, whose " + what + " is " + before);
        }
        return row;
    }

    /**
     * Pauses the batch: waits for the answers that are under way, for a few seconds, and gives back the rest, to be sent
     * when the batch is run again. From any thread; returns at once.
     */
    public void pause() {
        pause.complete(null);
    }

    /** The input and the output. */
    @Override
    public String toString() {
        return "Batch[" + input.file() + " to " + output + "]";
    }
}
