package dev.aikit.internal.threads;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The queue and the thread behind a {@link dev.aikit.Worker}. */
public final class WorkerProcess {
    private static final ConcurrentHashMap<String, WorkerProcess> ALL = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable WorkerProcess> CURRENT = new ThreadLocal<>();

    /** How often a condition is looked at that changes without a task. */
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final String name;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Runnable end = () -> {};
    private final Object lock = new Object();
    /** Guarded by the lock; null while the worker is not running. */
    private @Nullable Thread thread;

    private @Nullable Thread watch;
    private boolean killed;
    /** How many tasks the worker's thread is in, one within the other; that thread alone counts them. */
    private int depth;
    /** The end came to a loop within a task: the thread is let go when the outermost task has returned. */
    private volatile boolean ending;

    private WorkerProcess(String name) {
        this.name = name;
    }

    /** The one process of that name. */
    public static WorkerProcess named(String name) {
        return ALL.computeIfAbsent(name, WorkerProcess::new);
    }

    /** The process that runs on the calling thread. */
    public static @Nullable WorkerProcess current() {
        return CURRENT.get();
    }

    /** The names of all that have a thread. */
    public static Set<String> running() {
        Set<String> names = new TreeSet<>();
        for (WorkerProcess process : ALL.values()) if (process.isRunning()) names.add(process.name);
        return names;
    }

    /** Binds the calling thread. */
    public static WorkerProcess here(String name) {
        if (CURRENT.get() != null)
            throw new IllegalStateException("this thread is the worker \"" + CURRENT.get().name + "\" already");
        WorkerProcess process = named(name);
        Thread thread = Thread.currentThread();
        synchronized (process.lock) {
            if (process.thread != null)
                throw new IllegalStateException("the worker \"" + name + "\" is running already");
            process.thread = thread;
        }
        CURRENT.set(process);
        Thread watch = new Thread(null, () -> process.takeOverFrom(thread), "aikit-worker-watch " + name, 0, false);
        watch.setDaemon(true);
        process.watch = watch;
        watch.start();
        return process;
    }

    /** The bound thread may end with tasks still waiting, and they must run all the same. */
    private void takeOverFrom(Thread bound) {
        try {
            bound.join();
        } catch (InterruptedException killedBefore) {
            return;
        }
        synchronized (lock) {
            if (thread != bound) return;
            thread = null;
            if (!tasks.isEmpty()) start();
        }
    }

    /** The worker's name. */
    public String name() {
        return name;
    }

    private boolean isRunning() {
        synchronized (lock) {
            return thread != null;
        }
    }

    /** Whether this is the process of the calling thread. */
    public boolean isCurrentThread() {
        return CURRENT.get() == this;
    }

    /** Gives it a task, which starts it if need be. */
    public void add(Runnable task) {
        KeepAlive.INSTANCE.acquire();
        synchronized (lock) {
            tasks.add(task);
            killed = false;
            if (thread == null) start();
        }
    }

    private void start() {
        Thread started = new Thread(null, this::live, "aikit-worker " + name, 0, false);
        started.setDaemon(true);
        thread = started;
        try {
            started.start();
        } catch (OutOfMemoryError noMoreThreads) {
            thread = null; // the next task tries again
            throw noMoreThreads;
        }
    }

    /** Ends it after the tasks that wait now. */
    public void kill() {
        synchronized (lock) {
            if (thread == null || killed) return;
            killed = true;
            tasks.add(end);
        }
    }

    private void live() {
        CURRENT.set(this);
        boolean ended = false;
        while (!ended) {
            try {
                runUntilKilled();
                ended = true;
            } catch (InterruptedException leftByATask) {
                // A worker ends by kill(), not by an interrupt.
            }
        }
    }

    /** Runs the tasks that wait now. */
    public int runWaiting() {
        requireOwnThread();
        int count = tasks.size();
        for (int done = 0; done < count && mayRun(); done++) {
            Runnable task = tasks.poll();
            if (task == null || !run(task)) return done;
        }
        return count;
    }

    /** Runs tasks as they come until the end or the condition. */
    public void runUntil(BooleanSupplier condition) throws InterruptedException {
        requireOwnThread();
        while (mayRun() && !condition.getAsBoolean()) {
            Runnable task = tasks.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            if (task != null && !run(task)) return;
        }
    }

    /** Runs tasks as they come until the end. */
    public void runUntilKilled() throws InterruptedException {
        requireOwnThread();
        boolean alive = true;
        while (alive && mayRun()) alive = run(tasks.take()); // a task may have run another loop to the end
    }

    private boolean mayRun() {
        return isCurrentThread() && !ending;
    }

    /** Returns false if that was the end. */
    private boolean run(Runnable task) {
        if (task == end) {
            ending = true;
            if (depth == 0) leave();
            return false;
        }
        depth++;
        try {
            task.run();
        } catch (Throwable thrown) {
            Uncaught.report(thrown);
        } finally {
            depth--;
            KeepAlive.INSTANCE.release();
            if (ending && depth == 0) leave();
        }
        return true;
    }

    private void leave() {
        CURRENT.remove();
        synchronized (lock) {
            ending = false;
            thread = null;
            killed = false;
            if (watch != null) watch.interrupt();
            watch = null;
            if (!tasks.isEmpty()) start();
        }
    }

    private void requireOwnThread() {
        if (!isCurrentThread())
            throw new IllegalStateException("only the thread of the worker \"" + name + "\" may run its tasks");
    }
}
