package dev.aikit.durable;

import dev.aikit.CallKeeper;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.KeptCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a call is to be kept, for {@code on} of its parameters: made by {@link DurableWorker#call(String, String)}.
 * Immutable.
 */
public final class DurableSubmission extends CallKeeper {
    private final DurableWorker worker;
    private final @Nullable String key;
    private final String callback;
    private int priority;
    private long notBefore;
    private @Nullable Duration keep;
    private boolean confirmed = true;

    DurableSubmission(DurableWorker worker, @Nullable String key, String callback) {
        this.worker = worker;
        this.key = key;
        this.callback = callback;
    }

    private DurableSubmission copy() {
        DurableSubmission copy = new DurableSubmission(worker, key, callback);
        copy.priority = priority;
        copy.notBefore = notBefore;
        copy.keep = keep;
        copy.confirmed = confirmed;
        return copy;
    }

    /** Calls with a higher priority are sent first; 0 by default. */
    public DurableSubmission priority(int value) {
        DurableSubmission copy = copy();
        copy.priority = value;
        return copy;
    }

    /** The call is not sent before that time, by the clock of the machine that sends it. */
    public DurableSubmission notBefore(Instant time) {
        DurableSubmission copy = copy();
        copy.notBefore = Objects.requireNonNull(time, "notBefore").toEpochMilli();
        return copy;
    }

    /** How long the call and its answer are kept after it is done; by default what the worker says. */
    public DurableSubmission keepResult(Duration time) {
        DurableSubmission copy = copy();
        copy.keep = DurableWorkerBuilder.positive("keepResult", time);
        return copy;
    }

    /**
     * The function does not wait for the disk: {@link DurableCall#kept} tells when the call survives. For one thread that
     * submits many.
     */
    public DurableSubmission unconfirmed() {
        DurableSubmission copy = copy();
        copy.confirmed = false;
        return copy;
    }

    @Nullable
    String key() {
        return key;
    }

    String callback() {
        return callback;
    }

    int priority() {
        return priority;
    }

    long notBefore() {
        return notBefore;
    }

    @Nullable
    Duration keep() {
        return keep;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    @Override
    protected <R extends OpenAIResult> OpenAICall<R> keep(KeptCall<R> call) {
        return worker.submit(this, call);
    }
}
