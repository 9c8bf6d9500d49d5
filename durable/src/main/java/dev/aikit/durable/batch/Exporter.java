package dev.aikit.durable.batch;

import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.StoredCall;
import java.io.IOException;
import java.util.List;

/** Writes results to the output, and then notes how far it is. For one thread. */
final class Exporter {
    private final DurableWorker worker;
    private final ResultFile out;
    private BatchRow row;
    private List<String> written = List.of();
    private boolean more;

    Exporter(DurableWorker worker, ResultFile out, BatchRow row) {
        this.worker = worker;
        this.out = out;
        this.row = row;
    }

    /** Notes what was written last, and writes the next results; returns how many. */
    int next() throws IOException {
        BatchTables.Page page = BatchTables.next(worker, row, written);
        row = row.state(page.state());
        for (String key : page.keys()) {
            StoredCall call =
                    worker.find(key).orElseThrow(() -> new IllegalStateException("the store has lost the call " + key));
            out.append(ResultLines.done(call));
            long[] tokens = ResultLines.tokens(call);
            row = row.plus(tokens[0], tokens[1]);
        }
        if (!page.keys().isEmpty()) row = row.written(out.sync());
        written = page.keys();
        more = page.isFull();
        return page.keys().size();
    }

    /** Whether there is probably more to write now. */
    boolean hasMore() {
        return more;
    }

    BatchRow row() {
        return row;
    }

    void submitted(long requests) {
        row = row.submitted(requests);
    }
}
