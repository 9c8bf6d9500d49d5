package dev.aikit;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Keeps a client's deadlines, and its waits between attempts, in the place of the real time: so that a test need not wait for
 * them. See {@link OpenAIConfiguration#clock}.
 */
@FunctionalInterface
public interface OpenAITimer {
    /**
     * Has a task run once, when that time has passed. Called on threads of the client's, and must not block.
     *
     * @param thread one of the client's own threads: the task must run there and nowhere else. It refuses tasks with a
     *     {@link java.util.concurrent.RejectedExecutionException} when the client is closed
     * @param delay up to 292 years; zero or negative if the time has come
     * @return to be cancelled when the task is needed no more
     */
    Future<?> schedule(Executor thread, Runnable task, Duration delay);
}
