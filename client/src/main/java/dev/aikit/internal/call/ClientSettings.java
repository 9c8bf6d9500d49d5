package dev.aikit.internal.call;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAILimits;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client's configuration comes to.
 *
 * @param own where calls go whose model is not at another place
 * @param models what names of models stand for; null if they are what they are
 */
public record ClientSettings(
        Destination own,
        @Nullable ModelNames models,
        Timeouts timeouts,
        int maxRetries,
        HttpAgent agent,
        OpenAILimits limits,
        @Nullable BiConsumer<OpenAICall<?>, Throwable> uncaught) {}
