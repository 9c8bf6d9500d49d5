package dev.aikit.internal.call;

import dev.aikit.OpenAILimits;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a call is to be made, all defaults filled in.
 *
 * @param stream whether the answer is asked for in pieces
 * @param download whether nothing secret is sent, so that redirects may lead anywhere
 * @param transfer what is not JSON of it
 * @param content makes what takes a success in one piece; null for an array of its bytes
 */
record CallSettings(
        Timeouts timeouts,
        int maxRetries,
        boolean stream,
        boolean download,
        OpenAILimits limits,
        Clock clock,
        Transfer transfer,
        @Nullable Supplier<? extends Content> content) {}
