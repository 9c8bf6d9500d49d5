package dev.aikit;

import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Pages;
import dev.aikit.json.Json;
import java.lang.ref.Reference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A part of the API, such as {@code models}: what its functions are made of. Safe for use by several threads. */
public abstract class OpenAIAPIResource {
    /** The client whose calls these are. */
    protected final OpenAI client;

    /** Made by its client. */
    protected OpenAIAPIResource(OpenAI client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /** Makes a call as its parameters say: waiting or not. */
    protected final <R extends OpenAIResult, T extends OpenAIAnswer> T make(
            Operation<R> operation, OpenAIParameters<R, T, ?, ?> parameters) {
        try {
            return parameters.mode.make(client.engine(), operation, parameters.plan);
        } finally {
            // A client that is garbage is closed, and its last call may be this one.
            Reference.reachabilityFence(client);
        }
    }

    /** Makes the call for a page of the list at that path; the page knows how the next ones are fetched. */
    protected final <R extends OpenAIListResult<?, R>, T extends OpenAIAnswer> T makeList(
            String function,
            String path,
            BiFunction<Outcome, Pages<R>, R> page,
            OpenAIParameters<R, T, ?, ?> parameters) {
        return make(new Pages<>(client, client.engine(), function, path, parameters.plan, page).first(), parameters);
    }

    /** What a function sends, with the fields that its parameters set. */
    protected static byte[] body(Json fields, OpenAIParameters<?, ?, ?, ?> parameters) {
        Map<String, Object> body = new LinkedHashMap<>(fields.fields());
        body.putAll(parameters.plan.body());
        return Json.of(body).toBytes();
    }

    /** Parameters from the lambda of a caller. */
    protected static <F, P> P apply(Function<? super F, ? extends P> settings, F start) {
        P parameters = Objects.requireNonNull(settings, "parameters").apply(start);
        return Objects.requireNonNull(parameters, "parameters: the function for them returned null");
    }

    /** An id from a caller, made safe for a path. Its slashes stay: names of models have them, and servers expect them. */
    protected static String pathOf(String argument, String id) {
        StringBuilder path = new StringBuilder();
        for (String segment : Checks.text(argument, id).split("/", -1)) {
            if (segment.isBlank() || segment.equals(".") || segment.equals(".."))
                throw new IllegalArgumentException(argument + ": an id expected, not \"" + id + "\"");
            path.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }
}
