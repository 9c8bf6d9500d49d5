package dev.aikit.cli;

import dev.aikit.OpenAIResponse;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.RateLimit;
import dev.aikit.durable.StoredCall;
import dev.aikit.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Sends what is in a store, for programs that have the callbacks. */
@Command(
        name = "run",
        description = {
            "Sends the calls of a store, and keeps their answers there.",
            "",
            "Callbacks are code, which is not here: no callback is called. Those of a program",
            "that works with the store at the same time come at once, all others when it",
            "opens the store again. What waits for which callback is said at the end.",
            "The store knows no address: name the server that the calls are for."
        },
        footer = {
            "",
            "Examples:",
            "  aikit worker run --store invoices.db --provider openai",
            "  aikit worker run --store 'jdbc:postgresql://db.example/calls?user=me' --stay",
            "",
            "Ends when nothing is left to be sent, or with Ctrl-C. Requests with answers in",
            "files: aikit batch run.",
            "Exit codes: 0 all have answers; 1 some are dead; 4 key refused; 130 Ctrl-C."
        })
final class WorkerRunCommand implements Callable<Integer> {
    private static final String NO_SERVER =
            "no server: name the one that the calls are for, with --provider, --base-url or OPENAI_API_KEY";

    private static final int PAGE = 500;
    private static final int SHARE = 20;
    private static final long LOOK_MILLIS = 200;
    private static final long SAY_NANOS = 60_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParentCommand
    WorkerCommand parent;

    @Mixin
    Concurrency concurrency;

    @Mixin
    RateOptions rates;

    @Option(names = "--stay", description = "Stay and send what comes, until Ctrl-C.")
    boolean stay;

    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private volatile @Nullable StoredCall refused;

    @Override
    public Integer call() throws Exception {
        rates.check(false);
        DurableStore store = parent.store();
        int atATime = concurrency.or(Concurrency.DEFAULT);
        try (Connection connection = Connection.toServer(parent.options, NO_SERVER)) {
            say("sending the calls of " + store + " to "
                    + connection.client().configuration().baseURL());
            return BatchRunner.of(() -> {
                DurableWorkerBuilder builder = DurableWorker.builder();
                RateLimit limit = rates.limit();
                if (limit != null) builder.rateLimit(limit);
                try (DurableWorker worker = builder.store(store)
                        .client(connection.client())
                        .maxInFlight(atATime)
                        .onDead(this::dead)
                        .sendsOnly()
                        .open()) {
                    return run(worker);
                }
            });
        }
    }

    /** A key that is refused once is refused for all: they are not to die of it. */
    private void dead(StoredCall call) {
        OpenAIResponse answer = call.response();
        if (answer == null || answer.status() != 401) return;
        refused = call;
        stop.complete(null);
    }

    private int run(DurableWorker worker) throws Exception {
        long deadBefore = worker.counts().getOrDefault(DurableState.DEAD, 0L);
        CompletableFuture<Void> told = new CompletableFuture<>();
        Thread onExit = new Thread(() -> interrupted(told), "aikit-ctrl-c");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            send(worker);
            boolean early = stop.isDone();
            if (early) worker.close(PATIENCE);
            try (DurableWorker looking = early ? parent.store().inspect() : null) {
                return tell(looking == null ? worker : looking, deadBefore);
            }
        } finally {
            told.complete(null);
            Interruptible.remove(onExit);
        }
    }

    /** Until nothing is left to be sent. */
    private void send(DurableWorker worker) throws InterruptedException {
        long said = System.nanoTime();
        while (!stop.isDone()) {
            long begun = System.nanoTime();
            Map<DurableState, Long> counts = worker.counts();
            if (!stay && left(counts) == 0) return;
            long now = System.nanoTime();
            if (now - said > SAY_NANOS) {
                said = now;
                say(String.format(Locale.ROOT, "%,d left to send", left(counts)));
            }
            long counted = TimeUnit.NANOSECONDS.toMillis(now - begun); // in a large store it takes its time
            try {
                stop.get(Math.max(LOOK_MILLIS, SHARE * counted), TimeUnit.MILLISECONDS);
            } catch (TimeoutException usual) {
                // on with it
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static long left(Map<DurableState, Long> counts) {
        return counts.getOrDefault(DurableState.READY, 0L) + counts.getOrDefault(DurableState.SENDING, 0L);
    }

    private int tell(DurableWorker worker, long deadBefore) {
        Map<DurableState, Long> counts = worker.counts();
        Map<String, Long> waiting = waiting(worker);
        long left = left(counts);
        long dead = Math.max(0, counts.getOrDefault(DurableState.DEAD, 0L) - deadBefore);
        if (parent.options.json)
            parent.options.terminal.println(
                    Json.missing().with("left", left).with("dead", dead).with("waiting", waiting));
        if (left > 0) say(String.format(Locale.ROOT, "%,d are left to send", left));
        long parked = counts.getOrDefault(DurableState.PARKED, 0L); // since this worker ended
        if (parked > 0) say(String.format(Locale.ROOT, "%,d are parked until a program has their callbacks", parked));
        waiting.forEach((callback, number) -> say(String.format(
                Locale.ROOT, "%,d answered, waiting for a program with the callback \"%s\"", number, callback)));
        if (left == 0 && waiting.isEmpty()) say("nothing is left to send, and no answer waits for its callback");
        if (dead > 0) say(String.format(Locale.ROOT, "%,d are dead: 'aikit worker dead' says why", dead));
        StoredCall key = refused;
        if (key != null) {
            say("the server refuses the key: " + key.reason());
            say("when that is put right: aikit worker redrive, and run again");
            return ExitCode.KEY_REFUSED;
        }
        return dead == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Map<String, Long> waiting(DurableWorker worker) {
        Map<String, Long> waiting = new TreeMap<>();
        for (List<StoredCall> page = worker.list(DurableState.ANSWERED, PAGE);
                !page.isEmpty();
                page = worker.list(DurableState.ANSWERED, page.get(page.size() - 1), PAGE))
            for (StoredCall call : page) waiting.merge(call.callback(), 1L, Long::sum);
        return waiting;
    }

    private void interrupted(CompletableFuture<Void> told) {
        say("stopping: waiting a few seconds for the answers that are under way…");
        stop.complete(null);
        try {
            told.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException notCleanly) {
            say("stopped; nothing is lost");
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        parent.options.terminal.say(line);
    }
}
