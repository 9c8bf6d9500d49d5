package dev.aikit.internal.call;

import dev.aikit.OpenAIResult;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that is kept in place of being sent now: what another process needs to send it, and no key of the client.
 *
 * @param baseUrl of the client that it was made with
 * @param path below the base URL
 * @param body empty for none
 * @param headers those of its own, by name in lower case
 * @param maxRetries null if its parameters do not say
 * @param result the class of its result
 */
public record KeptCall<R extends OpenAIResult>(
        URI baseUrl,
        String function,
        String method,
        String path,
        byte[] body,
        Map<String, String> headers,
        Timeouts timeouts,
        @Nullable Integer maxRetries,
        Class<? extends OpenAIResult> result) {

    static <R extends OpenAIResult> KeptCall<R> of(URI baseUrl, Operation<R> operation, Plan<R> plan) {
        if (operation.stream())
            throw new IllegalArgumentException("stream: false expected, because the pieces of a stream are not kept");
        if (operation.transfer() != Transfer.NONE || operation.isDownload() || operation.isLocal())
            throw new IllegalArgumentException("on: a call of JSON expected, because files are not kept, and "
                    + operation.function() + " is none");
        requireNothingOfThisProcess(plan);
        ResultReader<R> reader = operation.reader().get();
        if (!reader.isPortable())
            throw new IllegalArgumentException("on: " + operation.function()
                    + " needs this process (its conversation, its tools) and cannot be kept");
        byte[] body = operation.body();
        return new KeptCall<>(
                baseUrl,
                operation.function(),
                operation.method(),
                operation.path(),
                body == null ? new byte[0] : body,
                plan.headers(),
                plan.timeouts(),
                plan.maxRetries(),
                reader.result(Results.nothingYet(operation.function())).getClass());
    }

    private static void requireNothingOfThisProcess(Plan<?> plan) {
        if (plan.onResponse() != null || plan.onError() != null || plan.onTerminate() != null || plan.formula() != null)
            throw new IllegalArgumentException(
                    "onResponse, onError, onTerminate, formula: none expected, because a lambda does not survive its process;"
                            + " the callback of a kept call is registered by its name");
        if (plan.target() != null)
            throw new IllegalArgumentException(
                    "on: a kept call's callback runs where its worker says; no other place expected");
        if (plan.agent() != null)
            throw new IllegalArgumentException(
                    "httpAgent: none expected, because it is not kept; set it on the worker's client");
        for (String name : plan.headers().keySet())
            if (CallHeaders.isSecret(name))
                throw new IllegalArgumentException("extraHeader: " + name
                        + " may hold a secret, and secrets are not kept; set it on the worker's client");
    }

    /** Says nothing of the body. */
    @Override
    public String toString() {
        return function + " " + method + " " + path;
    }
}
