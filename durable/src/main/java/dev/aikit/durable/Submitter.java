package dev.aikit.durable;

import dev.aikit.OpenAIResult;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.SendSettings;
import dev.aikit.internal.call.KeptCall;
import dev.aikit.internal.threads.KeepAlive;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Takes calls, checks that they can be kept and delivered, and has them kept. */
final class Submitter {
    /** That wait for the disk: what they hold is in memory. */
    private static final int MOST_SUBMITS = 4_096;

    /** A call that is being kept. */
    record Submitted<R extends OpenAIResult>(Class<R> result, String key, CompletableFuture<Void> kept) {}

    private final URI baseUrl;
    private final Registrations callbacks;
    private final Duration keepResults;
    private final Writer writer;
    private final Probe probe;
    private final Semaphore submits = new Semaphore(MOST_SUBMITS);

    Submitter(URI baseUrl, Registrations callbacks, Duration keepResults, Writer writer, Probe probe) {
        this.baseUrl = baseUrl;
        this.callbacks = callbacks;
        this.keepResults = keepResults;
        this.writer = writer;
        this.probe = probe;
    }

    /** Whether all that was submitted is kept, or will not be. */
    boolean isIdle() {
        return submits.availablePermits() == MOST_SUBMITS;
    }

    <R extends OpenAIResult> Submitted<R> submit(DurableSubmission how, KeptCall<R> call) {
        if (writer.isHere())
            throw new IllegalStateException(
                    "on: not within an effect, which the store waits for; submit in the callback");
        if (!call.baseUrl().equals(baseUrl))
            throw new IllegalArgumentException("on: a call of a client for " + baseUrl
                    + " expected, where the worker sends, not for " + call.baseUrl());
        Class<? extends OpenAIResult> type = callbacks.type(how.callback());
        if (type != call.result())
            throw new IllegalArgumentException("on: the callback \"" + how.callback() + "\" takes a "
                    + type.getSimpleName() + ", and " + call.function() + " answers with a "
                    + call.result().getSimpleName());
        byte[] digest = Submit.digest(call, how.callback());
        String key = how.key() != null ? how.key() : "sha256-" + HexFormat.of().formatHex(digest);
        Duration keep = how.keep() != null ? how.keep() : keepResults;
        Submit submit = new Submit(
                new NewCall(
                        key,
                        digest,
                        how.callback(),
                        call.function(),
                        call.method(),
                        call.path(),
                        call.body(),
                        SendSettings.of(call),
                        how.priority(),
                        how.notBefore(),
                        keep.toMillis()),
                probe);
        submits.acquireUninterruptibly(); // who does not wait for the disk waits here when it falls behind
        KeepAlive.INSTANCE.acquire();
        submit.kept().whenComplete((kept, failure) -> {
            KeepAlive.INSTANCE.release();
            submits.release();
        });
        writer.add(submit);
        if (how.isConfirmed()) Writer.await(submit.kept());
        @SuppressWarnings("unchecked") // it was made by the call's own reader
        Class<R> result = (Class<R>) call.result();
        return new Submitted<>(result, key, submit.kept());
    }
}
