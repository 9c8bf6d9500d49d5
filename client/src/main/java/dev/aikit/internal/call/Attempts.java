package dev.aikit.internal.call;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.TooLarge;
import dev.aikit.internal.call.Deadlines.Limit;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call as often as it takes and is allowed, on one loop: attempts, redirects, retries with their waits, deadlines.
 * Tells its owner of each event and, once, of the end. All of it runs on the loop.
 */
final class Attempts {
    /** Who hears of the answer. */
    interface Owner {
        void received(Received received);

        /** Why the call is not to go on; null if it is. May change at any time. */
        @Nullable
        OpenAIError unwanted();
    }

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_STALE_CONNECTIONS = 2;
    private static final Duration STALE_WITHIN = Duration.ofSeconds(1);

    private final CallSettings settings;
    private final IoLoop loop;
    private final Owner owner;
    private final Deadlines deadlines;
    private final List<OpenAIAttempt> made = new ArrayList<>();
    private final Secrets secrets;
    private HttpCall http;
    private @Nullable Attempt current;
    /** For the next attempt, or for what goes on between two rounds. */
    private IoLoop.@Nullable Timer waiting;

    private int failures;
    private int redirects;
    private int staleConnections;
    private boolean handedOver;
    private boolean paused;
    private boolean ended;

    Attempts(CallSettings settings, HttpCall http, IoLoop loop, Owner owner) {
        this.settings = settings;
        this.http = http;
        this.secrets = new Secrets(http);
        this.loop = loop;
        this.owner = owner;
        this.deadlines = new Deadlines(
                settings.clock(), loop, limit -> GuardedListener.guarded(() -> passed(limit), this::broken));
    }

    void start() {
        deadlines.set(Limit.TOTAL, settings.timeouts().total());
        attempt();
    }

    private void attempt() {
        GuardedListener.guarded(this::tryOnce, this::broken);
    }

    /** A defect in this library or below it (or no memory left), or a loop that is closed: the call ends all the same. */
    void broken(Throwable defect) {
        if (ended) return;
        ended = true;
        GuardedListener.guarded(() -> stopCurrent("defect"), defect::addSuppressed);
        GuardedListener.guarded(deadlines::stop, defect::addSuppressed);
        GuardedListener.guarded(this::stopWaiting, defect::addSuppressed);
        OpenAIError error = defect instanceof RejectedExecutionException
                ? OpenAIError.of(Kind.CLOSED, "the client was closed", null, defect) // only the loop refuses tasks
                : OpenAIError.of(Kind.INTERNAL, "a defect in the library: " + defect, null, defect);
        owner.received(new Received.End(null, error, false, false, List.copyOf(made)));
    }

    /** Ends the call if its owner wants no more of it. */
    void abortIfUnwanted() {
        OpenAIError why = owner.unwanted();
        if (why != null) abort(why);
    }

    private void tryOnce() {
        abortIfUnwanted();
        if (ended) return;
        deadlines.set(Limit.ATTEMPT, settings.timeouts().attempt());
        Attempt attempt = new Attempt();
        current = attempt;
        Exchange exchange = loop.open(http, connectTimeout(), new GuardedListener(attempt, this::broken));
        if (attempt.over) exchange.cancel();
        else attempt.exchange = exchange;
    }

    private Duration connectTimeout() {
        Duration limit = settings.timeouts().connect();
        return limit != null ? limit : Duration.ofDays(1);
    }

    /** The call goes on after an end: until the next round only the deadline of the whole call runs. */
    void hold() {
        ended = false;
        abortIfUnwanted(); // who ended the call a moment ago found it ended
        if (ended) return;
        Duration total = settings.timeouts().total();
        if (total != null) deadlines.set(Limit.TOTAL, total.minusNanos(deadlines.elapsed()));
    }

    /** Another round with another body. */
    void next(byte[] body) {
        if (ended) return;
        http = http.with(body);
        failures = 0;
        staleConnections = 0;
        handedOver = false;
        stopWaiting();
        attempt();
    }

    /** Runs a task on the loop after a delay, unless the call has gone on or ended by then. */
    void later(Duration delay, Runnable task) {
        if (ended) return;
        Runnable guarded = () -> GuardedListener.guarded(task, this::broken);
        waiting = settings.clock().schedule(loop, guarded, Deadlines.nanos(delay));
    }

    /** Ends the call now, with this error. */
    void abort(OpenAIError error) {
        if (ended) return;
        GuardedListener.guarded(
                () -> {
                    stopCurrent("aborted: " + error.kind());
                    end(error, false);
                },
                this::broken);
    }

    /** Stops or goes on reading from the socket. Time does not run against the server while this side is what waits. */
    void pause(boolean wanted) {
        paused = wanted;
        if (!ended) GuardedListener.guarded(this::applyPause, this::broken);
    }

    private void applyPause() {
        boolean wanted = paused;
        Attempt attempt = current;
        if (attempt == null || attempt.exchange == null) return;
        attempt.exchange.reading(!wanted);
        if (wanted) deadlines.clear(Limit.IDLE);
        else if (attempt.begun) deadlines.set(Limit.IDLE, settings.timeouts().idle());
    }

    private void passed(Limit limit) {
        if (ended) return;
        OpenAIError error = Failures.timeout(limit, settings.timeouts(), http, response());
        Attempt late = current;
        stopCurrent(error.kind().name());
        if (limit == Limit.TOTAL) end(error, false);
        else if (late != null && late.isRefused()) retryOrEndRefused(late);
        else retryOrEnd(error, null, true);
    }

    private @Nullable OpenAIResponse response() {
        return current == null || current.answer == null ? null : current.answer.response();
    }

    /** Closes the connection of the attempt that runs, if one does, and writes it down. */
    private void stopCurrent(String reason) {
        Attempt attempt = current;
        if (attempt == null || attempt.over) return;
        attempt.finish(reason);
        if (attempt.exchange != null) attempt.exchange.cancel();
    }

    private void retryOrEnd(OpenAIError error, @Nullable HttpHead head, boolean worthIt) {
        failures++;
        if (!worthIt || handedOver || failures > settings.maxRetries()) {
            end(error, false);
            return;
        }
        Duration asked = RetryPolicy.asked(head, settings.clock().now());
        Duration wait = asked != null
                ? asked
                : RetryPolicy.backOff(failures, settings.clock().chance());
        if (Deadlines.nanos(wait) >= deadlines.left(Limit.TOTAL)) {
            end(asked == null ? error : tooLate(error, asked), false);
            return;
        }
        deadlines.clear(Limit.ATTEMPT);
        waiting = settings.clock().schedule(loop, this::attempt, wait.toNanos());
    }

    /** The server's error status, which says more than what became of the rest of its answer. */
    private void retryOrEndRefused(Attempt attempt) {
        Answer refused = Objects.requireNonNull(attempt.answer);
        HttpHead head = refused.head();
        retryOrEnd(ErrorBodies.ofStatus(refused.response()), head, RetryPolicy.worthRetrying(head));
    }

    private OpenAIError tooLate(OpenAIError error, Duration asked) {
        String when = " (not tried again: the server asks to wait " + Failures.inWords(asked) + ", until "
                + settings.clock().now().plus(asked).truncatedTo(ChronoUnit.SECONDS)
                + ", and the timeout of the call is over before)";
        return OpenAIError.reported(
                error.kind(), error.message() + when, error.body().get("error"), error.response());
    }

    private void stopWaiting() {
        if (waiting != null) waiting.cancel();
        waiting = null;
    }

    private void end(@Nullable OpenAIError error, boolean marked) {
        boolean streamed = current != null && current.answer != null && current.answer.streamed();
        Received.End end = new Received.End(response(), error, streamed, marked, List.copyOf(made));
        ended = true;
        deadlines.stop();
        stopWaiting();
        owner.received(end);
    }

    private final class Attempt implements ExchangeListener {
        private final long begunAt = settings.clock().nanoTime();
        private @Nullable Exchange exchange;
        private @Nullable Answer answer;
        private boolean begun;
        private boolean over;

        void finish(String reason) {
            over = true;
            deadlines.clear(Limit.FIRST_BYTE, Limit.IDLE, Limit.ATTEMPT);
            made.add(new OpenAIAttempt(
                    http.uri().getRawAuthority(),
                    answer == null ? 0 : answer.head().status(),
                    Duration.ofNanos(settings.clock().nanoTime() - begunAt),
                    reason));
        }

        @Override
        public void connected() {
            abortIfUnwanted(); // now, and nothing is sent
            if (over) return;
            deadlines.set(Limit.FIRST_BYTE, settings.timeouts().firstByte());
        }

        @Override
        public void head(HttpHead head) {
            if (over) return;
            answer = new Answer(head, settings, secrets, this::event);
        }

        private void event(Received.Event event) {
            handedOver = true;
            owner.received(event);
        }

        @Override
        public void body(ByteBuffer bytes) {
            if (over || answer == null) return;
            begun = true;
            deadlines.clear(Limit.FIRST_BYTE);
            if (!paused) deadlines.set(Limit.IDLE, settings.timeouts().idle());
            try {
                answer.feed(bytes);
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
                Attempts.this.end(null, true);
            }
        }

        private void stop(OpenAIError error) {
            stopCurrent(error.kind().name());
            Attempts.this.end(error, false);
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
            if (answer.isSuccess()) {
                finish("ok");
                Attempts.this.end(null, answer.marked());
            } else if (!redirected(answer.head())) {
                errorStatus(answer);
            }
        }

        boolean isRefused() {
            return answer != null && !answer.isSuccess();
        }

        private void errorStatus(Answer refused) {
            finish(refused.head().status() + " "
                    + secrets.removedFrom(refused.head().statusText()));
            retryOrEndRefused(this);
        }

        private boolean redirected(HttpHead head) {
            String location = head.header("location");
            if (head.status() / 100 != 3 || location.isEmpty()) return false;
            URI target = Redirects.target(http.uri(), location);
            String refusal = Redirects.refusal(http, head.status(), target, settings.download());
            if (refusal == null && ++redirects > MOST_REDIRECTS) refusal = "more than " + MOST_REDIRECTS + " redirects";
            finish(head.status() + " to " + (target == null ? "nowhere" : target.getRawAuthority()));
            if (refusal != null) {
                Attempts.this.end(OpenAIError.of(Kind.REDIRECT, refusal, response(), null), false);
            } else {
                http = Redirects.follow(http, Objects.requireNonNull(target));
                attempt();
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
            Attempts.this.end(null, true);
            return true;
        }

        /** A server closes an idle connection at the very moment of its use; one that takes its time has read the request. */
        private boolean isStale(TransportFailure failure) {
            long age = settings.clock().nanoTime() - begunAt;
            return failure.reason() == TransportFailure.Reason.STALE && age < STALE_WITHIN.toNanos();
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
            if (isStale(failure) && ++staleConnections <= MOST_STALE_CONNECTIONS) attempt();
            else retryOrEnd(Failures.of(failure, response()), null, Failures.worthRetrying(failure));
        }
    }
}
