package dev.aikit.internal.call;

import dev.aikit.OpenAILimits;

/**
 * How a call is to be made, all defaults filled in.
 *
 * @param stream whether the answer is asked for in pieces
 * @param download whether nothing secret is sent, so that redirects may lead anywhere
 * @param transfer what is not JSON of it
 */
record CallSettings(
        Timeouts timeouts,
        int maxRetries,
        boolean stream,
        boolean download,
        OpenAILimits limits,
        Clock clock,
        Transfer transfer) {}
