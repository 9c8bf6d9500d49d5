package dev.aikit.benchmarks.clients;

import java.util.concurrent.Executor;

/** The client of this checkout, asked to run callbacks where the answer is received. */
public final class OursInPlace extends Ours {
    private static final Executor IN_PLACE = new InPlace();

    public OursInPlace(String baseURL, int inFlight) {
        super(baseURL, inFlight);
    }

    @Override
    Executor place() {
        return IN_PLACE;
    }

    private static final class InPlace implements Executor {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
