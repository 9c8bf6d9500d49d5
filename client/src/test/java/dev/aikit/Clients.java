package dev.aikit;

import dev.aikit.internal.call.Clock;
import dev.aikit.internal.call.Engine;
import dev.aikit.internal.http.Transport;
import dev.aikit.testkit.ManualClock;
import java.util.concurrent.Executor;

/** The door to what only this package may call. */
public final class Clients {
    private Clients() {}

    /** A client whose deadlines and waits follow that clock. */
    public static OpenAI withClock(OpenAIConfiguration configuration, ManualClock clock) {
        return OpenAI.create(configuration.clock(clock, clock::schedule));
    }

    /** A client whose time, network and threads are those. */
    public static OpenAI with(
            OpenAIConfiguration configuration, Clock clock, Transport transport, Executor callbackThreads) {
        return new OpenAI(
                configuration, new Engine(configuration.settings(), clock, agent -> transport, callbackThreads));
    }
}
