package dev.aikit.durable.batch;

import dev.aikit.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How far a batch is, at the moment of asking. Immutable. */
public final class BatchStatus {
    private final BatchRow row;
    private final long failed;
    private final double perSecond;
    private final String trouble;

    BatchStatus(BatchRow row, long failed, double perSecond, String trouble) {
        this.row = row;
        this.failed = failed;
        this.perSecond = perSecond;
        this.trouble = trouble;
    }

    /** Whether something is left to do. */
    public BatchState state() {
        return row.state();
    }

    /** How many requests the input has. */
    public long total() {
        return row.total();
    }

    /** How many results are in the output. */
    public long done() {
        return row.done();
    }

    /** How many requests have failed for good; cancelled ones are among them. */
    public long failed() {
        return failed;
    }

    /** How many have neither a result nor failed. */
    public long left() {
        return Math.max(0, row.total() - row.done() - failed);
    }

    /** The tokens that were read for the results, where the server says. */
    public long inputTokens() {
        return row.inputTokens();
    }

    /** The tokens that were written for them. */
    public long outputTokens() {
        return row.outputTokens();
    }

    /** Ends in a second, over the last half minute; 0 if nobody works on the batch here. */
    public double perSecond() {
        return perSecond;
    }

    /** How long the rest takes at this rate; empty if there is none. */
    public Optional<Duration> remaining() {
        return perSecond > 0 ? Optional.of(Duration.ofMillis((long) (1_000 * left() / perSecond))) : Optional.empty();
    }

    /** What keeps the batch from going on, such as a server that does not answer; "" if nothing is known to. */
    public String trouble() {
        return trouble;
    }

    /** Whether the provider's own Batch API does the work. */
    public boolean isAtProvider() {
        return row.settings().get("via_provider").asBoolean(false);
    }

    /** The input. */
    public Path input() {
        return BatchInput.of(row.settings().get("input")).file();
    }

    /** Where the results are, in the order in which they came. */
    public Path output() {
        return Path.of(row.settings().get("output").asText());
    }

    /** Where the failures are, whenever nobody works on the batch; there is no such file if nothing failed. */
    public Path errors() {
        return Path.of(row.settings().get("errors").asText());
    }

    /** What the program that began the batch wanted to be kept with it; {@link BatchBuilder#remark}. */
    public Json remark() {
        return row.settings().get("remark");
    }

    /** Numbers only. */
    @Override
    public String toString() {
        return state() + " " + done() + " of " + total() + (failed == 0 ? "" : ", " + failed + " failed");
    }
}
