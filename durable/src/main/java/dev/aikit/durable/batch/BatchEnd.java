package dev.aikit.durable.batch;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.StoredCall;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is done whenever a batch comes to a stop: the last results, the failures, the state. */
final class BatchEnd {
    private static final int PAGE = 500;
    private static final long LOOK_MILLIS = 50;

    private BatchEnd() {}

    /**
     * Brings the files up to date; returns what there is.
     *
     * @param complete whether the batch may be done: not one that was stopped because of its failures
     */
    static BatchStatus of(DurableWorker worker, ResultFile out, Path errors, boolean complete)
            throws IOException, InterruptedException {
        BatchRow row = find(worker);
        if (row.state() == BatchState.CANCELLED) cancelRest(worker);
        out.goOnFrom(row.written());
        Exporter exporter = new Exporter(worker, out, row);
        while (exporter.next() > 0) {
            // until nothing is left
        }
        long failed = failures(worker, errors);
        row = find(worker);
        if (complete && row.state() == BatchState.OPEN && row.done() + failed >= row.total()) {
            BatchTables.setState(worker, BatchState.DONE);
            row = row.state(BatchState.DONE);
        }
        return new BatchStatus(row, failed, 0, "");
    }

    private static BatchRow find(DurableWorker worker) {
        BatchRow row = BatchTables.find(worker);
        if (row == null) throw new IllegalStateException("the store has no batch any more");
        return row;
    }

    /** Also what a dead process had in hand, once it has been taken over. */
    private static void cancelRest(DurableWorker worker) throws InterruptedException {
        while (true) {
            for (DurableState state : List.of(DurableState.READY, DurableState.PARKED, DurableState.ANSWERED))
                for (StoredCall call : worker.list(state, PAGE)) worker.cancel(call.key());
            if (worker.awaitIdle(Duration.ofMillis(LOOK_MILLIS))
                    && worker.list(DurableState.PARKED, 1).isEmpty()) return;
        }
    }

    /** The file of failures says what has failed by now, no more and no less: it is made anew each time. */
    private static long failures(DurableWorker worker, Path errors) throws IOException {
        List<StoredCall> dead = worker.list(DurableState.DEAD, PAGE);
        Map<String, String> lines = PartTables.failures(worker, "", PAGE);
        if (dead.isEmpty() && lines.isEmpty()) {
            Files.deleteIfExists(errors);
            return 0;
        }
        Path part = errors.resolveSibling(errors.getFileName() + ".part");
        long failed = 0;
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part))) {
            while (!dead.isEmpty()) {
                for (StoredCall call : dead)
                    file.write(ResultLines.dead(worker.find(call.key()).orElse(call)));
                failed += dead.size();
                dead = worker.list(DurableState.DEAD, dead.get(dead.size() - 1), PAGE);
            }
            while (!lines.isEmpty()) {
                String last = "";
                for (Map.Entry<String, String> line : lines.entrySet()) {
                    file.write((line.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
                    last = line.getKey();
                }
                failed += lines.size();
                lines = PartTables.failures(worker, last, PAGE);
            }
        }
        Files.move(part, errors, StandardCopyOption.REPLACE_EXISTING);
        return failed;
    }
}
