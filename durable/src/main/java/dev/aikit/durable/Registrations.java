package dev.aikit.durable;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResult;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.StoredAnswer;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Results;
import dev.aikit.json.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The callbacks of a worker by their names, and what they are called with. */
final class Registrations {
    /** An answer with a success status, in which the function's reader finds no success. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        final transient OpenAIError error;

        Unreadable(OpenAIError error) {
            super(error.toString());
            this.error = error;
        }
    }

    private record Registration<R extends OpenAIResult>(Class<R> type, DurableCallback<? super R> callback) {
        void call(DurableDelivery delivery, Outcome outcome) throws Exception {
            R result = Results.of(type, outcome);
            if (!result.success()) throw new Unreadable(result.errors().get(0));
            callback.receive(delivery, result);
        }
    }

    private final Map<String, Registration<?>> all = new LinkedHashMap<>();
    private final URI baseUrl;

    Registrations(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    <R extends OpenAIResult> void add(String name, Class<R> type, DurableCallback<? super R> callback) {
        all.put(name, new Registration<>(type, callback));
    }

    List<String> names() {
        return List.copyOf(all.keySet());
    }

    /** The type of what that callback takes. */
    Class<? extends OpenAIResult> type(String callback) {
        Registration<?> registration = all.get(callback);
        if (registration == null)
            throw new IllegalArgumentException("callback: one of those that are registered expected, " + all.keySet()
                    + ", not \"" + callback + "\"");
        return registration.type;
    }

    void call(DurableDelivery delivery, CallRow call) throws Exception {
        Registration<?> registration = all.get(call.callback());
        if (registration == null) throw new IllegalStateException(call.callback() + " is not registered");
        registration.call(delivery, outcome(call));
    }

    /** What a call that has ended came to. */
    <R extends OpenAIResult> R result(Class<R> type, CallRow call) {
        return Results.of(type, outcome(call));
    }

    private Outcome outcome(CallRow call) {
        URI uri = URI.create(baseUrl + call.path());
        OpenAIRequest request = new OpenAIRequest(call.function(), call.method(), uri, Set.of(), 0);
        StoredAnswer answer = call.answer();
        if (answer == null) return new Outcome(request, null, Json.missing(), errors(call), List.of(), true);
        var response = answer.response();
        return new Outcome(request, response, response.json(), errors(call), answer.attempts(), true);
    }

    private static List<OpenAIError> errors(CallRow call) {
        StoredAnswer answer = call.answer();
        if (call.state() != DurableState.DEAD)
            return answer != null
                    ? List.of()
                    : List.of(OpenAIError.of(OpenAIError.Kind.CLOSED, "the call has not ended", null, null));
        if (call.kind().equals(CallRow.CALLBACK)) return List.of(); // the answer came; its callback threw
        return List.of(OpenAIError.of(
                OpenAIError.Kind.valueOf(call.kind()), call.reason(), answer == null ? null : answer.response(), null));
    }
}
