package dev.aikit.internal.call;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAILimits;
import java.net.URI;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client's configuration comes to.
 *
 * @param baseUrl without a slash at its end
 * @param headers of every call, by name in lower case, the key's among them
 */
public record ClientSettings(
        URI baseUrl,
        Map<String, String> headers,
        Timeouts timeouts,
        int maxRetries,
        HttpAgent agent,
        OpenAILimits limits,
        @Nullable BiConsumer<OpenAICall<?>, Throwable> uncaught) {}
