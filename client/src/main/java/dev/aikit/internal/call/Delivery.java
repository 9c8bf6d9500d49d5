package dev.aikit.internal.call;

import dev.aikit.CallbackException;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIProgress;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResponse;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.SecretParameters;
import dev.aikit.internal.TooLarge;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of a call where its callbacks run: reads what was received, and calls back in the order of the contract. Never
 * used by two threads at a time, but for {@link #stopListening()}.
 */
final class Delivery<R extends OpenAIResult> {
    /** Stands for an end that nobody forced. */
    static final OpenAIError NOT_FORCED = OpenAIError.of(Kind.INTERNAL, "", null, null);

    private static final int LISTENER_RUNS = 1;
    private static final int STOPPED = 2;

    @SuppressWarnings("rawtypes") // a class has no type parameters
    private static final AtomicIntegerFieldUpdater<Delivery> LISTENING =
            AtomicIntegerFieldUpdater.newUpdater(Delivery.class, "listening");

    private final RunningCall<R> call;
    private final Plan<R> plan;
    private final Operation<R> operation;
    private final ResultReader<R> reader;
    private final Secrets secrets;
    private final BiConsumer<OpenAICall<?>, Throwable> uncaught;
    private volatile int listening;
    private @Nullable Continuation continuation;
    private OpenAIRequest request;
    /** The id of the thread that is in a callback, or 0. Not the thread: the garbage collector follows references. A
     * thread class of the user's could give another id; none should. */
    private volatile long caller;

    private volatile @Nullable R result;

    Delivery(
            RunningCall<R> call,
            Operation<R> operation,
            Plan<R> plan,
            List<Route> routes,
            BiConsumer<OpenAICall<?>, Throwable> uncaught) {
        this.call = call;
        this.plan = plan;
        this.operation = operation;
        this.reader = operation.reader().get();
        this.uncaught = uncaught;
        this.secrets = new Secrets(routes);
        this.request = request(operation, routes.get(0));
    }

    private static OpenAIRequest request(Operation<?> operation, Route route) {
        return new OpenAIRequest(
                operation.function(),
                operation.method(),
                SecretParameters.hiddenIn(route.call().uri()),
                Set.of(route.call().headers().keySet().toArray(new String[0])),
                route.call().body().length());
    }

    /** What is delivered from now on comes from another place. */
    void rerouted(Route route) {
        request = request(operation, route);
    }

    /** From any thread: once this has returned, no {@code onData} begins. */
    void stopListening() {
        LISTENING.getAndUpdate(this, state -> state | STOPPED);
    }

    /** Whether the calling thread is within a callback of this very call. */
    boolean isCallingHere() {
        return caller == Thread.currentThread().getId();
    }

    /** The result, for a callback of this very call that asks for it. */
    @Nullable
    R resultForThisThread() {
        if (!isCallingHere()) return null;
        if (result == null) throw new IllegalStateException("an onData of the call cannot wait for the call's end");
        return result;
    }

    void event(ServerEvent event, OpenAIResponse head) {
        try {
            if (call.isForced() || event.isBlank()) return; // what came before the end counts
            Json data = event.repeated() != null ? Json.of(event.repeated()) : read(event, head);
            if (data == null) return;
            OpenAIError error = event.saysMoreThanTheLast() ? errorIn(event, data, head) : null;
            if (error != null) call.force(error);
            if (error != null || !data.isPresent()) return;
            reader.eventOf(event.name());
            if (event.repeated() == null || !reader.again(event.repeated())) reader.piece(data);
            tell(data, head);
        } catch (TooLarge tooLarge) {
            call.force(OpenAIError.of(Kind.TOO_LARGE, tooLarge.getMessage(), head, tooLarge));
        } catch (Throwable thrown) {
            call.force(defect(thrown));
        }
    }

    private @Nullable OpenAIError errorIn(ServerEvent event, Json data, OpenAIResponse head) {
        if (event.name().equals("error"))
            return ErrorBodies.ofEvent(secrets.removedFrom(data), secrets.removedFrom(event.text()), head);
        OpenAIError error = ErrorBodies.inSuccess(data, head);
        return error == null ? null : ErrorBodies.inSuccess(secrets.removedFrom(data), head);
    }

    private @Nullable Json read(ServerEvent event, OpenAIResponse head) {
        try {
            return event.json();
        } catch (JsonException notJson) {
            if (event.name().equals("error")) return Json.missing();
            String text = secrets.removedFrom(event.text());
            if (notJson.isTooLarge())
                call.force(OpenAIError.of(Kind.TOO_LARGE, "" + notJson.getMessage(), head, notJson));
            else if (event.whole())
                call.force(OpenAIError.of(
                        Kind.MALFORMED,
                        "an event of the stream is not JSON: "
                                + (text.length() > 200 ? text.substring(0, 200) + "…" : text),
                        head,
                        notJson));
            return null; // the stream was cut within the event: its end will say so
        }
    }

    private void tell(Json data, @Nullable OpenAIResponse head) {
        Runnable listener = reader.listener(new Outcome(request, head, data, List.of(), List.of(), false));
        if (listener != null) listen("onData", listener);
    }

    boolean wantsProgress() {
        return operation.transfer().progress() != null;
    }

    void progress(OpenAIProgress newest) {
        Consumer<? super OpenAIProgress> listener = operation.transfer().progress();
        if (listener != null) listen("onProgress", () -> listener.accept(newest));
    }

    private void listen(String name, Runnable listener) {
        if (!LISTENING.compareAndSet(this, 0, LISTENER_RUNS)) return;
        try {
            guarded(name, listener);
        } finally {
            LISTENING.getAndUpdate(this, state -> state & STOPPED);
        }
    }

    /** Ends the call, or begins the work before its next round. */
    void end(Received.End end) {
        Continuation before = continuation;
        continuation = null;
        if (before != null) before.cancel(); // if it is not done with, the call has ended meanwhile
        R made;
        try {
            Outcome outcome = outcome(end);
            if (outcome.errors().isEmpty() && goesOn(outcome)) return;
            OpenAIError forced = call.settle();
            if (forced != null) outcome = secrets.failed(outcome, Endings.with(end.response(), forced));
            else if (outcome.errors().isEmpty()) outcome = fitting(outcome);
            made = reader.result(outcome);
            if (!made.success() && outcome.errors().isEmpty())
                made = reader.result(secrets.failed(outcome, made.errors().get(0)));
        } catch (Throwable thrown) {
            call.settle();
            Outcome none = new Outcome(request, end.response(), Json.missing(), List.of(), end.attempts(), true);
            made = reader.result(secrets.failed(none, defect(thrown)));
        }
        end(made);
    }

    /** The outcome, or a failure if it is not what was asked for: what is said of that is said of the clean answer. */
    private Outcome fitting(Outcome outcome) {
        OpenAIError misfit = reader.misfit(outcome);
        if (misfit == null) return outcome;
        Outcome clean = secrets.failed(outcome, misfit);
        OpenAIError ofClean = reader.misfit(clean.succeeded());
        return ofClean == null ? clean : secrets.failed(clean, ofClean);
    }

    private boolean goesOn(Outcome outcome) {
        Continuation next = call.isForced() ? null : reader.next(outcome);
        Continuation.Round round = next == null ? null : call.nextRound();
        if (next == null || round == null) return false;
        continuation = next;
        GuardedListener.guarded(() -> next.begin(round), thrown -> call.force(defect(thrown)));
        return true;
    }

    private void end(R made) {
        result = made;
        try {
            if (made.success()) callback("onResponse", plan.onResponse(), made);
            else failed(made);
            callback("onTerminate", plan.onTerminate(), made);
            callback("formula", plan.formula(), made);
        } finally {
            call.complete(made);
        }
    }

    private Outcome outcome(Received.End end) {
        OpenAIResponse response = end.response();
        boolean raw = operation.transfer().raw() && response != null && response.status() / 100 == 2;
        Json answer = response == null || raw ? Json.missing() : reader.answer(response, end.body());
        OpenAIError error = end.failure();
        if (error != null && error.kind() == Kind.INTERNAL && error.cause() != null)
            uncaught.accept(call, error.cause());
        if (end.streamed()) {
            error = Endings.ofStream(end, reader.isWhole());
        } else if (error == null) {
            error = raw ? null : reader.flaw(response, answer);
            if (error != null) error = reworded(error, response, answer);
            else if (!raw) error = taken(answer, response);
        }
        Json whole = reader.whole();
        if (error != null && error.response() != null) response = error.response();
        Json json = whole.isPresent() ? whole : answer;
        Outcome outcome = new Outcome(request, response, json, List.of(), end.attempts(), true);
        return error == null ? outcome : secrets.failed(outcome, error);
    }

    /** Said of the clean answer: what is shortened could be cut within a secret, which nobody would know any more. */
    private OpenAIError reworded(OpenAIError flaw, @Nullable OpenAIResponse response, Json answer) {
        OpenAIError clean = reader.flaw(secrets.removedFrom(response), secrets.removedFrom(answer));
        return clean == null ? flaw : clean;
    }

    /** Takes in an answer that came in one piece; returns why it cannot be taken, or null. */
    private @Nullable OpenAIError taken(Json answer, @Nullable OpenAIResponse response) {
        try {
            reader.check(answer);
            if (operation.stream())
                for (Json piece : reader.piecesOf(answer)) {
                    reader.piece(piece);
                    tell(piece, response);
                }
            return null;
        } catch (TooLarge tooLarge) {
            return OpenAIError.of(Kind.TOO_LARGE, tooLarge.getMessage(), response, tooLarge);
        }
    }

    private OpenAIError defect(Throwable thrown) {
        uncaught.accept(call, thrown);
        return OpenAIError.of(Kind.INTERNAL, "a defect in the library: " + thrown, null, thrown);
    }

    private void failed(R made) {
        callback("onError", plan.onError(), made);
        boolean told = plan.onError() != null || plan.onTerminate() != null || plan.formula() != null;
        OpenAIError error = made.errors().get(0);
        boolean wanted = error.kind() == Kind.CANCELLED || error.kind() == Kind.CLOSED;
        // Who set onResponse or onData alone hears nothing: a failure that nobody sees is the one to avoid.
        if (!told && !wanted && !plan.watched() && (plan.onResponse() != null || hasListener()))
            System.getLogger("dev.aikit")
                    .log(System.Logger.Level.WARNING, call + " failed, and no callback hears of it: " + error);
    }

    private boolean hasListener() {
        return wantsProgress()
                || reader.listener(new Outcome(request, null, Json.missing(), List.of(), List.of(), false)) != null;
    }

    private void callback(String name, @Nullable Consumer<? super R> callback, R value) {
        if (callback != null) guarded(name, () -> callback.accept(value));
    }

    private void guarded(String name, Runnable callback) {
        long outer = caller;
        caller = Thread.currentThread().getId();
        try {
            callback.run();
        } catch (Throwable thrown) {
            uncaught.accept(call, new CallbackException(name, call, thrown));
        } finally {
            caller = outer;
        }
    }
}
