package dev.aikit.internal.call;

import dev.aikit.CallbackTarget;
import dev.aikit.Form;
import dev.aikit.HttpAgent;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResult;
import dev.aikit.Worker;
import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import dev.aikit.internal.threads.FileThreads;
import dev.aikit.internal.threads.KeepAlive;
import dev.aikit.internal.threads.Uncaught;
import dev.aikit.internal.threads.WaitingThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls of one client: starts them, knows those that are running, and ends them with the client. */
public final class Engine implements AutoCloseable {
    private final ClientSettings client;
    private final Clock clock;
    private final Function<HttpAgent, Transport> transports;
    private final CallEnvironment environment;
    private final Map<HttpAgent, Transport> open = new ConcurrentHashMap<>();
    private final Set<RunningCall<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean forgotten;

    /**
     * An engine that has opened nothing yet.
     *
     * @param callbackThreads for callbacks that belong nowhere else
     */
    public Engine(
            ClientSettings client, Clock clock, Function<HttpAgent, Transport> transports, Executor callbackThreads) {
        this.client = client;
        this.clock = clock;
        this.transports = transports;
        this.environment = new CallEnvironment(callbackThreads, handler(client.uncaught()));
    }

    private static BiConsumer<OpenAICall<?>, Throwable> handler(
            @Nullable BiConsumer<OpenAICall<?>, Throwable> configured) {
        if (configured == null) return (call, thrown) -> Uncaught.report(thrown);
        return (call, thrown) -> {
            try {
                configured.accept(call, thrown);
            } catch (Throwable alsoThrown) {
                alsoThrown.addSuppressed(thrown);
                Uncaught.report(alsoThrown);
            }
        };
    }

    /** Makes a call and waits for its result on this thread. */
    public <R extends OpenAIResult> R await(Operation<R> operation, Plan<R> plan) {
        R result = start(operation, plan, new WaitingThread()).awaitHere();
        if (plan.throwing()) result.orThrow();
        return result;
    }

    /** Makes a call and returns; its callbacks keep the program alive. */
    public <R extends OpenAIResult> OpenAICall<R> start(Operation<R> operation, Plan<R> plan) {
        Executor target = plan.target();
        return start(operation, plan, target != null ? target : here());
    }

    /** The same call for somebody who keeps it. */
    public <R extends OpenAIResult> KeptCall<R> kept(Operation<R> operation, Plan<R> plan) {
        return KeptCall.of(client.own().baseUrl(), operation, plan);
    }

    /** Where the caller is: its worker, its form, or else the threads for callbacks. */
    private Executor here() {
        Worker worker = Worker.current();
        CallbackTarget place = worker != null ? worker : Form.current();
        return place != null ? place : environment.callbackThreads();
    }

    private <R extends OpenAIResult> RunningCall<R> start(Operation<R> operation, Plan<R> plan, Executor target) {
        List<Route> routes = Requests.routes(client, operation, plan);
        IoLoop loop = null;
        OpenAIError refusal = closed ? null : Requests.refusal(routes);
        try {
            if (!closed && refusal == null && !operation.isLocal())
                loop = transport(plan.agent()).nextLoop();
        } catch (RuntimeException | Error noThreadsOrHandles) {
            String why = "the network could not be opened: " + noThreadsOrHandles;
            refusal = OpenAIError.of(Kind.CONNECT, why, null, noThreadsOrHandles);
        }
        boolean waits = target instanceof WaitingThread;
        if (waits && loop != null) RunningCall.requireNotOn(loop);
        RunningCall<R> call = new RunningCall<>(operation, plan, routes, target, environment);
        if (!waits) KeepAlive.INSTANCE.acquire();
        running.add(call);
        call.whenOver(() -> {
            running.remove(call);
            closeIfForgotten();
            if (!waits) KeepAlive.INSTANCE.release();
        });
        if (routes.get(0).call().body() instanceof HttpBody.Source source)
            call.whenOver(() -> FileThreads.shared().execute(source::over));
        // Looked at again now that close() finds the call: from here on either this sees it, or it sees the call.
        if (operation.isLocal() && !closed) call.endUnsent(null);
        else if (loop == null || closed) call.endUnsent(refusal != null ? refusal : clientClosed());
        else call.begin(loop, settings(operation, plan), routes);
        // One of the transports may have been opened after the others were closed. All of it again, for who closes may
        // be between two steps: a call that waits for its next attempt must not lose its loop before it is ended.
        if (closed) close();
        return call;
    }

    private CallSettings settings(Operation<?> operation, Plan<?> plan) {
        Integer retries = plan.maxRetries();
        return new CallSettings(
                plan.timeouts().or(client.timeouts()),
                retries != null ? retries : client.maxRetries(),
                operation.stream(),
                operation.isDownload(),
                client.limits(),
                clock,
                operation.transfer(),
                operation.content());
    }

    private Transport transport(@Nullable HttpAgent agent) {
        if (open.isEmpty()) PromptExit.register(this);
        return open.computeIfAbsent(agent != null ? agent : client.agent(), transports);
    }

    private static OpenAIError clientClosed() {
        return OpenAIError.of(Kind.CLOSED, "the client was closed", null, null);
    }

    /** Waits for the calls that run, for so long at the most, and then closes. */
    public void close(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(Long.MAX_VALUE / 2, Deadlines.nanos(patience));
        try {
            for (RunningCall<?> call : running)
                if (!call.isCallingHere()) call.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        } finally {
            close();
        }
    }

    /** The client is garbage: nobody can make another call. */
    public void closeWhenIdle() {
        forgotten = true;
        closeIfForgotten();
    }

    private void closeIfForgotten() {
        if (forgotten && running.isEmpty()) close();
    }

    /** The JVM ends: calls that still run are left as they are, for their callbacks would come to a dying program. */
    void closeIfIdle() {
        if (running.isEmpty()) close();
    }

    @Override
    public void close() {
        closed = true;
        // First all of them: the end of one must not let another, which waits for its connection, be sent.
        running.forEach(call -> call.mark(clientClosed()));
        // Also those that somebody else is ending: their own step might find the loop closed.
        running.forEach(RunningCall::abortAsMarked);
        closeTransports();
    }

    private void closeTransports() {
        open.values().forEach(Transport::close);
    }
}
