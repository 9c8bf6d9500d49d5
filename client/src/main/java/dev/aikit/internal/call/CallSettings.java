package dev.aikit.internal.call;

/**
 * How a call is to be made, all defaults filled in.
 *
 * @param stream whether the answer is asked for in pieces
 */
record CallSettings(Timeouts timeouts, int maxRetries, boolean stream, Limits limits, Clock clock) {}
