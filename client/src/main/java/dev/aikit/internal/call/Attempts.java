package dev.aikit.internal.call;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.call.Deadlines.Limit;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import java.time.Duration;
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

        /** How much of a body has been sent, or received; {@code total} is -1 if it is not known. */
        void progress(long bytes, long total);

        /** Why the call is not to go on; null if it is. May change at any time. */
        @Nullable
        OpenAIError unwanted();

        /** Settles that the call ends as it does by itself; false if another end came first. */
        boolean settle();
    }

    static final int MOST_REDIRECTS = 5;
    static final int MOST_STALE_CONNECTIONS = 2;

    private static final String SENT_ONCE =
            " (not tried again: what was sent can be read only once; a file, or a source that can be opened anew, would be)";

    private final CallSettings settings;
    private final IoLoop loop;
    final Owner owner;
    private final Deadlines deadlines;
    final List<OpenAIAttempt> made = new ArrayList<>();
    private final List<Route> routes;
    final Secrets secrets;
    /** The place in {@code routes} of the one that is tried. */
    private int route;

    HttpCall http;
    private @Nullable Attempt current;
    /** For the next attempt, or for what goes on between two rounds. */
    private IoLoop.@Nullable Timer waiting;

    private int failures;
    int redirects;
    int staleConnections;
    boolean handedOver;
    /** A round has been answered: those after it belong to the same conversation, at the same place. */
    private boolean settled;

    boolean paused;
    private boolean ended;

    Attempts(CallSettings settings, List<Route> routes, IoLoop loop, Owner owner) {
        this.settings = settings;
        this.routes = routes;
        this.http = routes.get(0).call();
        this.secrets = new Secrets(routes);
        this.loop = loop;
        this.owner = owner;
        this.deadlines = new Deadlines(
                settings.clock(), loop, limit -> GuardedListener.guarded(() -> passed(limit), this::broken));
    }

    /** Where the call is sent now. */
    Route route() {
        return routes.get(route);
    }

    void start() {
        deadlines.set(Limit.TOTAL, settings.timeouts().total());
        attempt();
    }

    void attempt() {
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
        owner.received(new Received.End(null, error, Content.NONE, false, false, List.copyOf(made)));
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
        Attempt attempt = new Attempt(this, settings, deadlines);
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
        http = http.with(route().body(body));
        settled = true;
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

    /** From any thread. Nothing happens on a loop that has ended: the call has ended with it. */
    void onLoop(Runnable task) {
        try {
            loop.execute(() -> GuardedListener.guarded(task, this::broken));
        } catch (RejectedExecutionException closed) {
            return;
        }
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

    @Nullable
    OpenAIResponse response() {
        return current == null || current.answer == null ? null : current.answer.response();
    }

    /** Closes the connection of the attempt that runs, if one does, and writes it down. */
    void stopCurrent(String reason) {
        Attempt attempt = current;
        if (attempt == null || attempt.over) return;
        attempt.finish(reason);
        if (attempt.exchange != null) attempt.exchange.cancel();
    }

    void retryOrEnd(OpenAIError error, @Nullable HttpHead head, boolean worthIt) {
        failures++;
        if (!worthIt || handedOver || failures > settings.maxRetries()) {
            fallBackOrEnd(error);
            return;
        }
        if (!http.body().isSendable()) {
            end(error.withMessage(error.message() + SENT_ONCE), false);
            return;
        }
        Duration asked = RetryPolicy.asked(head, settings.clock().now());
        Duration wait = asked != null
                ? asked
                : RetryPolicy.backOff(failures, settings.clock().chance());
        if (Deadlines.nanos(wait) >= deadlines.left(Limit.TOTAL)) {
            fallBackOrEnd(
                    asked == null
                            ? error
                            : Failures.tooLate(error, asked, settings.clock().now()));
            return;
        }
        deadlines.clear(Limit.ATTEMPT);
        waiting = settings.clock().schedule(loop, this::attempt, wait.toNanos());
    }

    /** The server's error status, which says more than what became of the rest of its answer. */
    void retryOrEndRefused(Attempt attempt) {
        Answer refused = Objects.requireNonNull(attempt.answer);
        HttpHead head = refused.head();
        retryOrEnd(ErrorBodies.ofStatus(refused.response()), head, RetryPolicy.worthRetrying(head));
    }

    private void fallBackOrEnd(OpenAIError error) {
        boolean last = settled || handedOver || route + 1 == routes.size();
        if (last || !RetryPolicy.worthElsewhere(error)) {
            end(error, false);
        } else {
            http = routes.get(++route).call();
            failures = redirects = staleConnections = 0;
            owner.received(new Received.Rerouted(route()));
            attempt();
        }
    }

    private void stopWaiting() {
        if (waiting != null) waiting.cancel();
        waiting = null;
    }

    void end(@Nullable OpenAIError error, boolean marked) {
        owner.received(stop(error, marked));
    }

    /** Ends all but for telling the owner: whoever stops owes it this end. */
    Received.End stop(@Nullable OpenAIError error, boolean marked) {
        boolean streamed = current != null && current.answer != null && current.answer.streamed();
        Content body = current != null && current.answer != null ? current.answer.body() : Content.NONE;
        Received.End end = new Received.End(response(), error, body, streamed, marked, List.copyOf(made));
        ended = true;
        deadlines.stop();
        stopWaiting();
        return end;
    }
}
