package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.internal.FileErrors;
import dev.aikit.internal.TooLarge;
import dev.aikit.internal.call.Deadlines.Limit;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One try at sending a call, as it is heard of on its loop. */
final class Attempt implements ExchangeListener {
    private final Attempts call;
    private final CallSettings settings;
    private final Deadlines deadlines;
    private final long begunAt;
    /** As in the settings: looked at for each piece, and the settings are two objects further away. */
    private final @Nullable Duration idle;

    private final boolean raw;

    @Nullable
    Exchange exchange;

    @Nullable
    Answer answer;

    private @Nullable Saving saving;
    private long received;
    private boolean finishing;
    boolean begun;
    boolean over;

    Attempt(Attempts call, CallSettings settings, Deadlines deadlines) {
        this.call = call;
        this.settings = settings;
        this.deadlines = deadlines;
        this.begunAt = settings.clock().nanoTime();
        this.idle = settings.timeouts().idle();
        this.raw = settings.transfer().raw();
    }

    void finish(String reason) {
        over = true;
        deadlines.clear(Limit.SENDING, Limit.FIRST_BYTE, Limit.IDLE, Limit.ATTEMPT);
        if (saving != null) {
            saving.abort();
            call.paused = false;
        }
        int status = answer == null ? 0 : answer.head().status();
        Duration duration = Duration.ofNanos(settings.clock().nanoTime() - begunAt);
        call.made.add(call.route().attempt(call.http, status, duration, reason));
    }

    @Override
    public void connected() {
        call.abortIfUnwanted(); // now, and nothing is sent
        if (over || settings.transfer().body() != null) return;
        deadlines.set(Limit.FIRST_BYTE, settings.timeouts().firstByte());
    }

    /** Time runs against the server only while it is the server that takes nothing. */
    @Override
    public void sent(long bytes, long total, boolean waiting) {
        if (over) return;
        if (!waiting) deadlines.clear(Limit.SENDING);
        else if (!begun) deadlines.set(Limit.SENDING, idle);
        call.owner.progress(bytes, total);
    }

    @Override
    public void sentAll() {
        if (over) return;
        deadlines.clear(Limit.SENDING);
        if (!begun) deadlines.set(Limit.FIRST_BYTE, settings.timeouts().firstByte());
    }

    @Override
    public void head(HttpHead head) {
        if (over) return;
        answer = new Answer(head, settings, call.secrets, this::events);
        if (!raw || !answer.isSuccess()) return;
        String flaw = Endings.ofContent(head);
        if (flaw != null) {
            stop(OpenAIError.of(Kind.MALFORMED, flaw, answer.response(), null));
            return;
        }
        Path target = settings.transfer().target();
        if (target == null) return;
        saving = new Saving(
                target, () -> call.onLoop(this::keepPace), failure -> call.onLoop(() -> written(target, failure)));
    }

    private void keepPace() {
        if (saving != null && !over && !finishing) call.pause(saving.isBehind());
    }

    private void written(Path target, @Nullable Throwable failure) {
        Saving whole = saving;
        if (over || whole == null) return;
        if (failure != null) {
            stop(unwritten(target, failure));
        } else if (call.owner.settle()) {
            // The target changes only now that no cancel() and no deadline can say that it has not.
            // The loop may be closed meanwhile, so the rest does without it.
            saving = null;
            finish("ok");
            Received.End end = call.stop(null, false);
            whole.keep(thrown -> call.owner.received(thrown == null ? end : end.failed(unwritten(target, thrown))));
        } else {
            call.abortIfUnwanted();
        }
    }

    private OpenAIError unwritten(Path target, Throwable failure) {
        String what = "the answer could not be written to " + target + ": " + FileErrors.words(failure, target);
        return OpenAIError.of(Kind.TARGET, what, call.response(), failure);
    }

    private void events(Received.Events events) {
        call.handedOver = true;
        call.owner.received(events);
    }

    @Override
    public void body(ByteBuffer bytes) {
        if (over || answer == null) return;
        if (!begun) deadlines.clear(Limit.SENDING, Limit.FIRST_BYTE);
        begun = true; // from now on none of the two is set
        if (!call.paused) deadlines.set(Limit.IDLE, idle);
        if (raw && answer.isSuccess()) {
            received += bytes.remaining();
            call.owner.progress(received, answer.length());
        }
        try {
            if (saving != null) saving.write(bytes);
            else answer.feed(bytes);
        } catch (TooLarge tooLarge) {
            stop(OpenAIError.of(Kind.TOO_LARGE, tooLarge.getMessage(), answer.response(), tooLarge));
            return;
        }
        if (answer.isEnough()) {
            if (exchange != null) exchange.cancel();
            end();
        } else if (answer.marked() && !over) {
            finish("ok");
            if (exchange != null) exchange.release();
            call.end(null, true);
        }
    }

    private void stop(OpenAIError error) {
        call.stopCurrent(error.kind().name());
        call.end(error, false);
    }

    @Override
    public void end() {
        if (over || answer == null) return;
        try {
            answer.end();
        } catch (TooLarge tooLarge) {
            stop(OpenAIError.of(Kind.TOO_LARGE, tooLarge.getMessage(), answer.response(), tooLarge));
            return;
        }
        if (answer.isSuccess() && saving != null) {
            finishing = true;
            deadlines.clear(Limit.FIRST_BYTE, Limit.IDLE);
            saving.finish();
        } else if (answer.isSuccess()) {
            finish("ok");
            call.end(null, answer.marked());
        } else if (!redirected(answer.head())) {
            errorStatus(answer);
        }
    }

    boolean isRefused() {
        return answer != null && !answer.isSuccess();
    }

    private void errorStatus(Answer refused) {
        finish(refused.head().status() + " "
                + call.secrets.removedFrom(refused.head().statusText()));
        call.retryOrEndRefused(this);
    }

    private boolean redirected(HttpHead head) {
        String location = head.header("location");
        if (head.status() / 100 != 3 || location.isEmpty()) return false;
        URI target = Redirects.target(call.http.uri(), location);
        String refusal = Redirects.refusal(call.http, head.status(), target, settings.download());
        if (refusal == null && !call.http.body().isSendable())
            refusal = "the server redirects, and what was sent can be read only once";
        if (refusal == null && ++call.redirects > Attempts.MOST_REDIRECTS)
            refusal = "more than " + Attempts.MOST_REDIRECTS + " redirects";
        String where = target == null ? "nowhere" : call.secrets.removedFrom("" + target.getRawAuthority());
        finish(head.status() + " to " + where);
        if (refusal != null) {
            call.end(OpenAIError.of(Kind.REDIRECT, refusal, call.response(), null), false);
        } else {
            call.http = Redirects.follow(call.http, Objects.requireNonNull(target));
            call.attempt();
        }
        return true;
    }

    /** Takes in what stands at the end of a cut stream; true if the stream's own end is there. */
    private boolean endOfStream(Answer partial) {
        try {
            partial.end();
        } catch (TooLarge cutAnyway) {
            return false;
        }
        if (!partial.marked()) return false;
        finish("ok");
        call.end(null, true);
        return true;
    }

    @Override
    public void failed(TransportFailure failure) {
        if (over) return;
        Answer partial = answer;
        if (partial != null && !partial.isSuccess()) {
            errorStatus(partial); // the status says more than the loss of the rest
            return;
        }
        if (partial != null && endOfStream(partial)) return;
        finish(failure.reason().name());
        if (RetryPolicy.isStale(failure, settings.clock().nanoTime() - begunAt)
                && call.http.body().isSendable()
                && ++call.staleConnections <= Attempts.MOST_STALE_CONNECTIONS) call.attempt();
        else call.retryOrEnd(Failures.of(failure, call.response()), null, Failures.worthRetrying(failure));
    }
}
