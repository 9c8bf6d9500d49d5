package dev.aikit;

import dev.aikit.internal.threads.WorkerProcess;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A named process with a queue (the kit's CALL WORKER): its tasks run one at a time, in the order in which they were given.
 * It starts with its first task and lives until it is killed; tasks that wait keep the program alive, an idle worker does not.
 *
 * <pre>{@code
 * Worker.named("archive").call(() -> client.models().list(p -> p.formula(this::store)));   // store runs on "archive"
 * client.models().list(p -> p.formula(this::store).on(Worker.named("archive")));           // the same
 * }</pre>
 *
 * <p>All methods may be called from any thread. A task that throws reaches the uncaught-exception handler of the worker's
 * thread, and the worker goes on.
 */
public final class Worker implements CallbackTarget {
    private final WorkerProcess process;

    private Worker(WorkerProcess process) {
        this.process = process;
    }

    /** The worker of that name in this JVM. It need not be running; its first task starts it. */
    public static Worker named(String name) {
        if (Objects.requireNonNull(name, "name").isBlank())
            throw new IllegalArgumentException("name: a worker's name expected, not blank");
        return new Worker(WorkerProcess.named(name));
    }

    /**
     * Makes the calling thread the worker of that name: its tasks wait until this thread runs them, by {@link #run()},
     * {@link #runUntil} or {@link #runWaiting()}. For programs with a loop of their own. Should the thread end, the tasks
     * run on a new one.
     *
     * @throws IllegalStateException if a worker of that name is running, or if this thread is a worker already
     */
    public static Worker here(String name) {
        if (Objects.requireNonNull(name, "name").isBlank())
            throw new IllegalArgumentException("name: a worker's name expected, not blank");
        return new Worker(WorkerProcess.here(name));
    }

    /** The worker on whose thread this is called; null on any other thread. */
    public static @Nullable Worker current() {
        WorkerProcess process = WorkerProcess.current();
        return process == null ? null : new Worker(process);
    }

    /** The names of the workers that are running. */
    public static Set<String> running() {
        return WorkerProcess.running();
    }

    /** Kills the worker of that name, as {@link #kill()} does. */
    public static void kill(String name) {
        WorkerProcess.named(name).kill();
    }

    /** Gives the worker a task, and returns. */
    public void call(Runnable task) {
        process.add(Objects.requireNonNull(task, "task"));
    }

    /** The same as {@link #call}: a worker is an executor. */
    @Override
    public void execute(Runnable task) {
        call(task);
    }

    /** Ends the worker after the tasks that wait now. A task given to it later starts it anew. */
    public void kill() {
        process.kill();
    }

    /** The worker's name. */
    public String name() {
        return process.name();
    }

    @Override
    public boolean isCurrentThread() {
        return process.isCurrentThread();
    }

    /**
     * Runs the tasks that wait now, on this thread, and returns how many.
     *
     * @throws IllegalStateException on any thread but the worker's own
     */
    public int runWaiting() {
        return process.runWaiting();
    }

    /**
     * Runs tasks on this thread as they come, until the worker is killed.
     *
     * @throws InterruptedException if the thread is interrupted while no task runs
     * @throws IllegalStateException on any thread but the worker's own
     */
    public void run() throws InterruptedException {
        process.runUntilKilled();
    }

    /**
     * Runs tasks on this thread as they come, until the worker is killed or the condition holds; it is looked at before each
     * task.
     *
     * @throws InterruptedException if the thread is interrupted while no task runs
     * @throws IllegalStateException on any thread but the worker's own
     */
    public void runUntil(BooleanSupplier condition) throws InterruptedException {
        process.runUntil(Objects.requireNonNull(condition, "condition"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Worker worker && worker.process == process;
    }

    @Override
    public int hashCode() {
        return process.hashCode();
    }

    @Override
    public String toString() {
        return "Worker[" + name() + "]";
    }
}
