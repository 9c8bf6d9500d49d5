package dev.aikit.durable.internal;

import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;

/** What one send of a kept call came to, of whatever function. */
public final class Sent extends OpenAIResult {
    /** Made by the sender. */
    public Sent(Outcome outcome) {
        super(outcome);
    }
}
