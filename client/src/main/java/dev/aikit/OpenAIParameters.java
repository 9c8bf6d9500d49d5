package dev.aikit;

import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;
import dev.aikit.internal.call.Requests;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What every function takes: callbacks, where they run, limits, headers. Immutable: each setter returns a changed copy, so
 * parameters can be made once and used for many calls. Without a callback the call waits, and the function returns its
 * result; with one it does not wait, and the function returns an {@link OpenAICall}. The compiler tells the two apart.
 *
 * @param <R> the function's result
 * @param <T> what the function returns with these parameters: {@code R}, or {@code OpenAICall<R>}
 * @param <P> these parameters' own type
 * @param <A> the type that they take with a callback
 */
public abstract class OpenAIParameters<R extends OpenAIResult, T extends OpenAIAnswer, P, A> {
    final Plan<R> plan;
    final Mode<R, T> mode;

    /** For the classes of this library. */
    protected OpenAIParameters(Plan<R> plan, Mode<R, T> mode) {
        this.plan = plan;
        this.mode = mode;
    }

    /** These parameters, changed. */
    protected abstract P with(Plan<R> changed);

    /** These parameters, changed, for a call that does not wait. */
    protected abstract A asynchronously(Plan<R> changed);

    /** What has been set so far. */
    protected final Plan<R> plan() {
        return plan;
    }

    /** Whether the function waits with these parameters. */
    protected final Mode<R, T> mode() {
        return mode;
    }

    /** Called at the end of a call that succeeded, instead of {@link #onError}. */
    public final A onResponse(Consumer<? super R> callback) {
        return asynchronously(plan.withOnResponse(Objects.requireNonNull(callback, "onResponse")));
    }

    /** Called at the end of a call that did not succeed, instead of {@link #onResponse}; the result's errors say why. */
    public final A onError(Consumer<? super R> callback) {
        return asynchronously(plan.withOnError(Objects.requireNonNull(callback, "onError")));
    }

    /** Called at the end of every call, after {@link #onResponse} or {@link #onError}. */
    public final A onTerminate(Consumer<? super R> callback) {
        return asynchronously(plan.withOnTerminate(Objects.requireNonNull(callback, "onTerminate")));
    }

    /** Called at the end of every call, after all others: the kit's short name for {@link #onTerminate}. */
    public final A formula(Consumer<? super R> callback) {
        return asynchronously(plan.withFormula(Objects.requireNonNull(callback, "formula")));
    }

    /** Makes the call without waiting and without a callback: its end is seen by the {@link OpenAICall} alone. */
    public final A async() {
        return asynchronously(plan.withWatched());
    }

    /**
     * Where callbacks run: a {@link Worker}, a {@link Form}, or any executor. Without this they run where the caller is: on
     * its worker, on its form, or else on threads of the library. An executor that refuses or drops a callback does not
     * stop it: it runs on the library's threads.
     */
    public final P on(Executor place) {
        return with(plan.withTarget(Objects.requireNonNull(place, "on")));
    }

    /**
     * Hands the call over in place of sending it now, such as to a durable worker (dev.aikit:aikit-durable), which keeps it
     * on disk and calls back later, also after a crash. Goes with no callback here, for a lambda cannot survive, and with
     * no stream.
     */
    public final A on(CallKeeper keeper) {
        return asynchronously(plan.withKeeper(Objects.requireNonNull(keeper, "on")));
    }

    /** The longest that the call may take, with all attempts and waits; by default the client's. */
    public final P timeout(Duration limit) {
        return with(plan.withTimeouts(timeouts -> timeouts.withTotal(limit)));
    }

    /**
     * The longest wait for the first byte of the answer's body, from the moment of sending; of a file, from the end of
     * sending. By default the client's.
     */
    public final P firstByteTimeout(Duration limit) {
        return with(plan.withTimeouts(timeouts -> timeouts.withFirstByte(limit)));
    }

    /** The longest silence within the answer, or within an upload: the server takes nothing. By default the client's. */
    public final P idleTimeout(Duration limit) {
        return with(plan.withTimeouts(timeouts -> timeouts.withIdle(limit)));
    }

    /** The longest that one attempt may take; by default the client's. */
    public final P attemptTimeout(Duration limit) {
        return with(plan.withTimeouts(timeouts -> timeouts.withAttempt(limit)));
    }

    /** How often a call that failed is tried again; by default the client's. */
    public final P maxRetries(int retries) {
        return with(plan.withMaxRetries(Checks.notNegative("maxRetries", retries)));
    }

    /** Other connections for this call. */
    public final P httpAgent(HttpAgent agent) {
        return with(plan.withAgent(Objects.requireNonNull(agent, "httpAgent")));
    }

    /**
     * One header more, or in the place of one that the client would send. If an alias stands for several models, only headers
     * that are no secret of anybody, such as {@code Traceparent}, go beyond the first of them.
     */
    public final P extraHeader(String name, String value) {
        return with(plan.withHeader(Requests.checkedHeader(name, value), value));
    }

    /** The same for several. */
    public final P extraHeaders(Map<String, String> headers) {
        Plan<R> changed = plan;
        for (Map.Entry<String, String> header :
                Objects.requireNonNull(headers, "extraHeaders").entrySet())
            changed = changed.withHeader(Requests.checkedHeader(header.getKey(), header.getValue()), header.getValue());
        return with(changed);
    }

    /** A name for the end user on whose behalf the call is made; sent in the body of those calls that have one. */
    public final P user(String name) {
        return field("user", Checks.text("user", name));
    }

    /**
     * Whether a call that waits and fails throws an {@link OpenAIException} (the kit's {@code throw}); by default it returns
     * a result that says so. A call with a callback never throws.
     */
    public final P throwing(boolean wanted) {
        return with(plan.withThrowing(wanted));
    }

    /** Sets a field of the request's body for which there is no method; ignored by calls that send none. */
    public final P field(String name, Object value) {
        Checks.text("name", name);
        try {
            return with(plan.withField(name, Json.of(value)));
        } catch (JsonException error) {
            throw new IllegalArgumentException(name + ": " + error.getMessage(), error);
        }
    }

    /** The fields that were set; no header's value, which might be a key. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + plan.body().keySet();
    }
}
