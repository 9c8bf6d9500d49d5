package dev.aikit.durable.internal;

import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.KeptCall;
import dev.aikit.internal.call.Timeouts;
import dev.aikit.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The parameters of a call that are kept with it: headers, deadlines, number of retries. */
public record SendSettings(Json kept) {
    /** From the store. */
    public static SendSettings of(String json) {
        return new SendSettings(Json.parse(json));
    }

    /** From a call. */
    public static String of(KeptCall<?> call) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!call.headers().isEmpty()) settings.put("headers", call.headers());
        Integer retries = call.maxRetries();
        if (retries != null) settings.put("retries", retries);
        Timeouts timeouts = call.timeouts();
        put(settings, "total", timeouts.total());
        put(settings, "attempt", timeouts.attempt());
        put(settings, "firstByte", timeouts.firstByte());
        put(settings, "idle", timeouts.idle());
        return Json.of(settings).toString();
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Duration limit) {
        if (limit != null) settings.put(name, Math.max(1, limit.toMillis()));
    }

    /** How often the call may be sent in all, where its own parameters say. */
    public int mostSends(int otherwise) {
        int retries = kept.get("retries").asInt(-1);
        return retries < 0 ? otherwise : retries + 1;
    }

    /** Parameters for one attempt. */
    public <R extends OpenAIResult, T extends OpenAIAnswer> OpenAICommonParameters<R, T> apply(
            OpenAICommonParameters<R, T> parameters) {
        OpenAICommonParameters<R, T> set = parameters.maxRetries(0);
        for (Map.Entry<String, Json> header : kept.get("headers").fields().entrySet())
            set = set.extraHeader(header.getKey(), header.getValue().asText());
        set = limit("total", set, OpenAICommonParameters::timeout);
        set = limit("attempt", set, OpenAICommonParameters::attemptTimeout);
        set = limit("firstByte", set, OpenAICommonParameters::firstByteTimeout);
        return limit("idle", set, OpenAICommonParameters::idleTimeout);
    }

    private <P> P limit(String name, P parameters, BiFunction<P, Duration, P> setter) {
        long millis = kept.get(name).asLong(0);
        return millis > 0 ? setter.apply(parameters, Duration.ofMillis(millis)) : parameters;
    }
}
