package dev.aikit.durable.internal;

/** An answered call whose callback this worker is to run. */
public record Deliverable(Claim claim, CallRow call) {}
