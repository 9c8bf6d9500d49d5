package dev.aikit.durable.internal;

/** A call that this worker is to send, without its client's headers. */
public record Sendable(Claim claim, CallRow call, byte[] body, String settings) {}
