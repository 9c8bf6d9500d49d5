package dev.aikit;

import dev.aikit.internal.call.Clock;

/** The door to what only this package may call. */
public final class Clients {
    private Clients() {}

    /** A client whose deadlines and waits follow that clock. */
    public static OpenAI withClock(OpenAIConfiguration configuration, Clock clock) {
        return new OpenAI(configuration, clock);
    }
}
