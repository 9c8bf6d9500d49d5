package dev.aikit.internal.call;

import dev.aikit.CallbackTarget;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIProgress;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.threads.SerialQueue;
import dev.aikit.internal.threads.WaitingThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: joins the side that sends and receives ({@link Attempts}, on a loop) to the side that reads and calls
 * back ({@link Delivery}, where the callbacks run) and ends it once, whoever ends it.
 */
public final class RunningCall<R extends OpenAIResult> extends OpenAICall<R> {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final Set<Thread> NOBODY = Set.of();
    private static final long FOREVER = Long.MAX_VALUE / 2;

    @SuppressWarnings("rawtypes") // a class has no type parameters
    private static final AtomicIntegerFieldUpdater<RunningCall> BEGUN =
            AtomicIntegerFieldUpdater.newUpdater(RunningCall.class, "begun");

    private final long id = NUMBER.incrementAndGet();
    private final String function;
    private final Executor target;
    private final Executor callbackThreads;
    private final Delivery<R> delivery;
    private final SerialQueue<Received> queue;
    private final Backpressure backpressure;
    private final ProgressFeed progress = new ProgressFeed(this::announceProgress);
    private final AtomicReference<@Nullable OpenAIError> forced = new AtomicReference<>();
    private final CompletableFuture<R> ended = new CompletableFuture<>();
    /** The threads that are at work between two rounds, which the call waits for. */
    private volatile Set<Thread> working = NOBODY;

    private volatile int begun;
    private volatile @Nullable IoLoop loop;
    private @Nullable Attempts attempts;

    RunningCall(
            Operation<R> operation, Plan<R> plan, List<Route> routes, Executor target, CallEnvironment environment) {
        this.function = operation.function();
        this.target = target;
        this.callbackThreads = environment.callbackThreads();
        this.delivery = new Delivery<>(this, operation, plan, routes, environment.uncaught());
        this.backpressure = new Backpressure(this::pauseOrGoOn);
        this.queue = new SerialQueue<>(
                target, environment.callbackThreads(), this::deliver, Received::callbacks, this::report);
    }

    /** Sends the call, or ends it with the reason why it cannot be sent. */
    void begin(IoLoop loop, CallSettings settings, List<Route> routes) {
        this.loop = loop;
        try {
            loop.execute(() -> {
                if (!begins()) return;
                attempts = new Attempts(settings, routes, loop, new Owner());
                start(attempts);
            });
        } catch (RejectedExecutionException closed) {
            endUnsent(OpenAIError.of(Kind.CLOSED, "the client is closed", null, null));
        } catch (Throwable noThread) {
            // The loop has the task all the same, and does it should its thread start later.
            if (begins())
                endUnsent(OpenAIError.of(Kind.CONNECT, "the network has no thread: " + noThread, null, noThread));
        }
    }

    /** Whether it has not begun before. */
    private boolean begins() {
        return BEGUN.compareAndSet(this, 0, 1);
    }

    private static void start(Attempts attempts) {
        try {
            attempts.start();
        } catch (RejectedExecutionException closed) {
            attempts.abort(OpenAIError.of(Kind.CLOSED, "the client is closed", null, closed));
        } catch (Throwable thrown) {
            attempts.abort(OpenAIError.of(Kind.INTERNAL, "a defect in the library: " + thrown, null, thrown));
        }
    }

    /** Ends a call that was never sent; with null, well. */
    void endUnsent(@Nullable OpenAIError error) {
        queue.add(new Received.End(null, error, Content.NONE, false, false, List.of()));
    }

    private final class Owner implements Attempts.Owner {
        @Override
        public void received(Received received) {
            if (received instanceof Received.Events several) backpressure.added(several.size());
            queue.add(received);
        }

        @Override
        public void progress(long bytes, long total) {
            if (delivery.wantsProgress()) progress.offer(new OpenAIProgress(bytes, total));
        }

        @Override
        public @Nullable OpenAIError unwanted() {
            OpenAIError end = forced.get();
            return end == Delivery.NOT_FORCED ? null : end;
        }

        @Override
        public boolean settle() {
            return RunningCall.this.settle() == null;
        }
    }

    private void announceProgress() {
        queue.add(new Received.Progress());
    }

    private void deliver(Received received) {
        if (received instanceof Received.Events several) {
            try {
                for (ServerEvent event : several.events()) delivery.event(event, several.head());
            } finally {
                backpressure.removed(several.size());
            }
        } else if (received instanceof Received.Progress) {
            OpenAIProgress newest = progress.take();
            if (newest != null) delivery.progress(newest);
        } else if (received instanceof Received.Rerouted rerouted) {
            delivery.rerouted(rerouted.route());
        } else if (received instanceof Received.Task task) {
            task.work().run();
        } else if (received instanceof Received.End end) {
            try {
                delivery.end(end);
            } finally {
                queue.wake();
            }
        }
    }

    /** Stopping and going on race to the loop: what holds is what is true when it gets there. */
    private void pauseOrGoOn() {
        onLoop(running -> running.pause(backpressure.isStopped()));
    }

    /** False if the loop has ended, and with it every exchange: the end of this one is on its way. */
    private boolean onLoop(java.util.function.Consumer<Attempts> task) {
        IoLoop known = loop;
        if (known == null) return false;
        try {
            known.execute(() -> {
                if (attempts != null) GuardedListener.guarded(() -> task.accept(attempts), attempts::broken);
            });
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void report(String what, @Nullable Throwable why) {
        System.getLogger("dev.aikit").log(System.Logger.Level.WARNING, function + " (call " + id + "): " + what, why);
    }

    /** Ends the call with this error, unless it has ended. */
    boolean force(OpenAIError error) {
        if (!mark(error)) return false;
        abortAsMarked();
        return true;
    }

    /** The first half of {@link #force}: how the call will end. What is not sent yet will not be. */
    boolean mark(OpenAIError error) {
        if (!forced.compareAndSet(null, error)) return false;
        delivery.stopListening();
        return true;
    }

    boolean isForced() {
        return forced.get() != null;
    }

    /** The call goes on; what the work before the next round has at hand. Null if it cannot: the client is closed. */
    Continuation.@Nullable Round nextRound() {
        if (working == NOBODY) working = ConcurrentHashMap.newKeySet();
        if (onLoop(Attempts::hold)) return new NextRound();
        mark(OpenAIError.of(Kind.CLOSED, "the client was closed", null, null));
        return null;
    }

    /** The second half of {@link #force}: ends it. */
    void abortAsMarked() {
        onLoop(Attempts::abortIfUnwanted);
    }

    /** Whether the calling thread is within a callback of this call. */
    boolean isCallingHere() {
        return delivery.isCallingHere();
    }

    /** Settles how the call ends: from now on nobody can force another end. Returns the end that was forced before. */
    @Nullable
    OpenAIError settle() {
        forced.compareAndSet(null, Delivery.NOT_FORCED);
        OpenAIError end = forced.get();
        return end == Delivery.NOT_FORCED ? null : end;
    }

    /** The result is there and the callbacks have returned. */
    void complete(R result) {
        ended.complete(result);
    }

    @Override
    public String function() {
        return function;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public boolean cancel() {
        return force(OpenAIError.of(Kind.CANCELLED, "the call was cancelled", null, null));
    }

    @Override
    public boolean isDone() {
        return ended.isDone();
    }

    @Override
    public R await() throws InterruptedException {
        return await(FOREVER).orElseThrow();
    }

    @Override
    public Optional<R> await(Duration limit) throws InterruptedException {
        return await(Math.min(FOREVER, Deadlines.nanos(limit)));
    }

    private Optional<R> await(long nanos) throws InterruptedException {
        R result = delivery.resultForThisThread();
        if (result != null) return Optional.of(result);
        if (!isDone()) {
            if (working.contains(Thread.currentThread()))
                throw new IllegalStateException("a tool of the call cannot wait for the call's end");
            IoLoop known = loop;
            if (known != null) requireNotOn(known);
            if (target instanceof CallbackTarget place && place.isCurrentThread()) {
                queue.runUntil(this::isDone, System.nanoTime() + nanos);
            } else {
                awaitElsewhere(nanos);
            }
        }
        return Optional.ofNullable(ended.getNow(null));
    }

    private void awaitElsewhere(long nanos) throws InterruptedException {
        try {
            ended.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException limitPassed) {
            // The caller sees it by the empty answer.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void requireNotOn(IoLoop loop) {
        if (loop.isCurrentThread())
            throw new IllegalStateException(
                    "waiting on an input/output thread would stop the network: give callbacks that wait another executor");
    }

    /** The last step of a call without callbacks: waits on the thread that made it. An interrupt ends the call. */
    R awaitHere() {
        boolean interrupted = false;
        while (true) {
            try {
                R result = await();
                if (interrupted) Thread.currentThread().interrupt();
                return result;
            } catch (InterruptedException interrupt) {
                interrupted = true;
                force(OpenAIError.of(Kind.INTERRUPTED, "the thread that waited was interrupted", null, interrupt));
            }
        }
    }

    @Override
    public CompletableFuture<R> future() {
        ResultFuture view = new ResultFuture(); // one for each who asks: a future can be completed by whoever holds it
        ended.thenAccept(view::complete);
        return view;
    }

    /** Runs after all that hangs on the future. */
    void whenOver(Runnable task) {
        ended.thenRun(task);
    }

    @Override
    public String toString() {
        return function + " (call " + id + (isDone() ? ", done)" : ")");
    }

    private final class NextRound implements Continuation.Round {
        @Override
        public void run(Runnable work) {
            Runnable task = () -> {
                if (isForced()) return; // nothing begins once cancel() has returned
                working.add(Thread.currentThread());
                GuardedListener.guarded(work, defect -> onLoop(running -> running.broken(defect)));
                working.remove(Thread.currentThread());
            };
            // On its own thread a target may be waiting for this call, and then runs what is in its queue.
            if (target instanceof WaitingThread) callbackThreads.execute(task);
            else if (target instanceof CallbackTarget) queue.add(new Received.Task(task));
            else runAt(target, task);
        }

        private void runAt(Executor executor, Runnable task) {
            try {
                executor.execute(task);
            } catch (Throwable refused) {
                report("the executor for the callbacks refused: the task runs on another thread", refused);
                callbackThreads.execute(task);
            }
        }

        @Override
        public void later(Duration delay, Runnable task) {
            onLoop(running -> running.later(delay, task));
        }

        @Override
        public void next(byte[] body) {
            onLoop(running -> running.next(body));
        }
    }

    /** Where the callbacks belong, within them and within its tools, and on its loop, a plain wait would wait for itself. */
    private boolean wouldWaitForItself() {
        IoLoop known = loop;
        return delivery.isCallingHere()
                || target instanceof CallbackTarget place && place.isCurrentThread()
                || working.contains(Thread.currentThread())
                || known != null && known.isCurrentThread();
    }

    private final class ResultFuture extends CompletableFuture<R> {
        @Override
        public R get() throws InterruptedException, ExecutionException {
            return !super.isDone() && wouldWaitForItself() ? await() : super.get();
        }

        @Override
        public R get(long limit, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            if (super.isDone() || !wouldWaitForItself()) return super.get(limit, unit);
            return RunningCall.this
                    .await(Math.min(FOREVER, unit.toNanos(limit)))
                    .orElseThrow(TimeoutException::new);
        }

        @Override
        public R join() {
            return !super.isDone() && wouldWaitForItself() ? awaitHere() : super.join();
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            RunningCall.this.cancel();
            return false; // it ends with a result that says so
        }
    }
}
