package dev.aikit.local.internal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Something that takes a while to load: loaded once, on a thread of its own, so that whoever stops waiting for it does not
 * disturb the loading.
 */
public final class Lazy<T> implements AutoCloseable {
    /**
     * ONNX Runtime looks through the command line of the process by a regular expression that goes some 260 bytes deeper with
     * each character. A class path of 4,000 was too much for the usual stack of 1 MB, and the virtual machine ended without a
     * word. What is not used of a stack costs no memory.
     */
    private static final long STACK = 64 << 20;

    private final String name;
    private final FutureTask<T> loading;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    public Lazy(String name, Supplier<T> loader) {
        this.name = name;
        this.loading = new FutureTask<>(loader::get);
        this.thread = new Thread(null, loading, "aikit-local-load-" + name, STACK);
        thread.setDaemon(true);
    }

    /** Starts loading, unless that has been done; does not wait. */
    public void start() {
        if (started.compareAndSet(false, true)) thread.start();
    }

    /**
     * Waits until it is loaded.
     *
     * @throws CancellationException if the thread was interrupted, or the loading was
     * @throws ApiError if loading failed
     */
    public T get() {
        start();
        try {
            return loading.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + name);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof ApiError error) throw error;
            if (cause instanceof CancellationException cancelled) throw cancelled;
            throw ApiError.server(name + " could not be loaded: " + cause.getMessage(), cause);
        }
    }

    /** Interrupts the loading, if it runs, and does not wait. Not for what cannot be loaded again after that. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Waits for a loading that runs, and closes what was loaded. */
    @Override
    public void close() {
        if (started.compareAndSet(false, true)) loading.cancel(false);
        try {
            if (!loading.isCancelled() && loading.get() instanceof AutoCloseable loaded) loaded.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            // Whoever asked for it has been told; there is nothing to close.
            System.getLogger("dev.aikit.local").log(System.Logger.Level.DEBUG, name + " was not closed", failed);
        }
    }
}
