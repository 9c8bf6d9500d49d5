package dev.aikit.durable.internal;

/**
 * That a worker has a call in hand. A later claim of the same call has another number: what is done under an older one
 * changes nothing.
 */
public record Claim(long id, int run) {}
