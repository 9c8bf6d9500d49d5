package dev.aikit.simulation;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Where callbacks are told to run: threads that work, refuse now and then, or run what they get in place. */
final class Executors {
    private final World world;
    private final Place thread;
    private final Place pool;

    Executors(World world) {
        this.world = world;
        this.thread = world.thread();
        this.pool = world.pool();
    }

    /** One of them by chance; null for none, which means the library's own. */
    @Nullable
    Executor any() {
        return switch (world.random.nextInt(6)) {
            case 0 -> thread::add;
            case 1 -> pool::add;
            case 2 -> this::refuseOften;
            case 3 -> Runnable::run;
            default -> null;
        };
    }

    private void refuseOften(Runnable task) {
        if (world.chance(0.4)) throw new RejectedExecutionException("full");
        pool.add(task);
    }
}
