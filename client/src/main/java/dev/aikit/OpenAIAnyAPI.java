package dev.aikit;

import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Plan;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of functions that this library does not have. */
final class OpenAIAnyAPI extends OpenAIAPIResource {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    OpenAIAnyAPI(OpenAI client) {
        super(client);
    }

    <V, T extends OpenAIAnswer> T call(
            String method,
            String path,
            @Nullable Object body,
            Class<V> type,
            Function<OpenAIAnyParameters<V, OpenAIAnyResult<V>>, OpenAIAnyParameters<V, T>> settings) {
        String verb = Checks.text("method", method).toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb))
            throw new IllegalArgumentException("method: one of " + METHODS + " expected, not " + method);
        Checks.text("path", path);
        Objects.requireNonNull(type, "type");
        OpenAIAnyParameters<V, T> parameters = apply(settings, new OpenAIAnyParameters<>(Plan.empty(), Mode.waiting()));
        return make(
                new Operation<>(
                        verb + " " + path.replaceAll("\\?.*", ""),
                        verb,
                        checkedPath(path),
                        bytes(body, parameters.plan()),
                        parameters.streams(),
                        () -> new OpenAIAnyReader<>(type, parameters.onData())),
                parameters);
    }

    private static String checkedPath(String path) {
        String checked = Checks.text("path", path);
        if (!checked.startsWith("/") || checked.startsWith("//"))
            throw new IllegalArgumentException(
                    "path: a path below the base URL expected, beginning with one slash, such as \"/responses\", not \""
                            + path + "\"");
        try {
            return new java.net.URI(checked).toString();
        } catch (java.net.URISyntaxException error) {
            throw new IllegalArgumentException("path: " + error.getMessage(), error);
        }
    }

    private static byte @Nullable [] bytes(@Nullable Object body, Plan<?> plan) {
        if (body == null && plan.body().isEmpty()) return null;
        Json json = json(body);
        for (var field : plan.body().entrySet()) json = json.with(field.getKey(), field.getValue());
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Json json(@Nullable Object body) {
        try {
            return body instanceof String text ? Json.parse(text) : Json.of(body);
        } catch (JsonException error) {
            throw new IllegalArgumentException("body: " + error.getMessage(), error);
        }
    }
}
