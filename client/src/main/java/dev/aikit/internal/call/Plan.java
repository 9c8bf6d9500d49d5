package dev.aikit.internal.call;

import dev.aikit.CallKeeper;
import dev.aikit.HttpAgent;
import dev.aikit.OpenAIResult;
import dev.aikit.json.internal.SmallMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the parameters of a call say, whatever its function. Immutable; null stands for "not set". */
public final class Plan<R extends OpenAIResult> {
    private Map<String, Object> body = Map.of();
    private Map<String, String> headers = Map.of();
    private Timeouts timeouts = Timeouts.UNSET;
    private @Nullable Integer maxRetries;
    private @Nullable HttpAgent agent;
    private boolean throwing;
    private @Nullable Consumer<? super R> onResponse;
    private @Nullable Consumer<? super R> onError;
    private @Nullable Consumer<? super R> onTerminate;
    private @Nullable Consumer<? super R> formula;
    private @Nullable Executor target;
    private @Nullable CallKeeper keeper;
    private boolean watched;

    private Plan() {}

    /** Nothing set. */
    public static <R extends OpenAIResult> Plan<R> empty() {
        return new Plan<>();
    }

    private Plan<R> copy() {
        Plan<R> copy = new Plan<>();
        copy.body = body;
        copy.headers = headers;
        copy.timeouts = timeouts;
        copy.maxRetries = maxRetries;
        copy.agent = agent;
        copy.throwing = throwing;
        copy.onResponse = onResponse;
        copy.onError = onError;
        copy.onTerminate = onTerminate;
        copy.formula = formula;
        copy.target = target;
        copy.keeper = keeper;
        copy.watched = watched;
        return copy;
    }

    /** With one field of the body set. */
    public Plan<R> withField(String name, Object value) {
        Plan<R> copy = copy();
        copy.body = SmallMap.with(body, name, value);
        return copy;
    }

    /** With one header more. */
    public Plan<R> withHeader(String lowerCaseName, String value) {
        Plan<R> copy = copy();
        copy.headers = SmallMap.with(headers, lowerCaseName, value);
        return copy;
    }

    /** With deadlines changed. */
    public Plan<R> withTimeouts(UnaryOperator<Timeouts> change) {
        Plan<R> copy = copy();
        copy.timeouts = change.apply(timeouts);
        return copy;
    }

    /** With another number of retries. */
    public Plan<R> withMaxRetries(int retries) {
        Plan<R> copy = copy();
        copy.maxRetries = retries;
        return copy;
    }

    /** Over other connections. */
    public Plan<R> withAgent(HttpAgent other) {
        Plan<R> copy = copy();
        copy.agent = other;
        return copy;
    }

    /** Throwing or not. */
    public Plan<R> withThrowing(boolean wanted) {
        Plan<R> copy = copy();
        copy.throwing = wanted;
        return copy;
    }

    /** With a callback for success. */
    public Plan<R> withOnResponse(Consumer<? super R> callback) {
        Plan<R> copy = copy();
        copy.onResponse = callback;
        return copy;
    }

    /** With a callback for failure. */
    public Plan<R> withOnError(Consumer<? super R> callback) {
        Plan<R> copy = copy();
        copy.onError = callback;
        return copy;
    }

    /** With a callback for the end. */
    public Plan<R> withOnTerminate(Consumer<? super R> callback) {
        Plan<R> copy = copy();
        copy.onTerminate = callback;
        return copy;
    }

    /** With a last callback. */
    public Plan<R> withFormula(Consumer<? super R> callback) {
        Plan<R> copy = copy();
        copy.formula = callback;
        return copy;
    }

    /** With no callback. */
    Plan<R> withoutCallbacks() {
        Plan<R> copy = copy();
        copy.onResponse = null;
        copy.onError = null;
        copy.onTerminate = null;
        copy.formula = null;
        return copy;
    }

    /** With another place for callbacks. */
    public Plan<R> withTarget(Executor place) {
        Plan<R> copy = copy();
        copy.target = place;
        return copy;
    }

    /** Somebody looks at its handle. */
    public Plan<R> withWatched() {
        Plan<R> copy = copy();
        copy.watched = true;
        return copy;
    }

    /** Kept in place of being sent now. */
    public Plan<R> withKeeper(CallKeeper other) {
        Plan<R> copy = copy();
        copy.keeper = other;
        return copy;
    }

    /** The fields of the request's body, in the order in which they were set. */
    public Map<String, Object> body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    @Nullable
    Integer maxRetries() {
        return maxRetries;
    }

    @Nullable
    HttpAgent agent() {
        return agent;
    }

    boolean throwing() {
        return throwing;
    }

    @Nullable
    Consumer<? super R> onResponse() {
        return onResponse;
    }

    @Nullable
    Consumer<? super R> onError() {
        return onError;
    }

    @Nullable
    Consumer<? super R> onTerminate() {
        return onTerminate;
    }

    @Nullable
    Consumer<? super R> formula() {
        return formula;
    }

    /** Where callbacks run; null for where the caller is. */
    @Nullable
    Executor target() {
        return target;
    }

    /** Whether somebody looks at the handle on the call, so that a failure without a callback is seen. */
    boolean watched() {
        return watched;
    }

    /** Who keeps the call in place of sending it now; null for nobody. */
    public @Nullable CallKeeper keeper() {
        return keeper;
    }
}
