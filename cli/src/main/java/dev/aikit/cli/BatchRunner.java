package dev.aikit.cli;

import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.RateLimit;
import dev.aikit.durable.batch.Batch;
import dev.aikit.durable.batch.BatchBuilder;
import dev.aikit.durable.batch.BatchState;
import dev.aikit.durable.batch.BatchStatus;
import dev.aikit.json.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs a batch at a terminal: shows its progress, and pauses it on Ctrl-C. */
final class BatchRunner {
    private static final String LOCAL = "local";
    private static final long PATIENCE_SECONDS = 30;

    /** Each failure is in the store, and in the file of failures; a line for each on the screen would hide everything else. */
    private static final Logger QUIET = Logger.getLogger("dev.aikit.durable");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final Aikit options;

    BatchRunner(Aikit options) {
        this.options = options;
    }

    /** Does something with a batch; what is wrong with it is said, and is no defect. */
    static <V> V of(Callable<V> what) throws Exception {
        try {
            return what.call();
        } catch (IllegalStateException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        } catch (DurableStoreException trouble) {
            throw new IOException(trouble.getMessage(), trouble);
        }
    }

    int run(BatchBuilder builder, String name, @Nullable String model, Concurrency concurrency, RateOptions rates)
            throws Exception {
        int number = concurrency.or(Concurrency.DEFAULT);
        try (Connection connection = Connection.open(options, "sending to the local models", true, model, c -> c)) {
            Json remark = Json.missing()
                    .with("server", server(connection))
                    .with("base_url", options.baseUrl)
                    .with("api_key_env", options.apiKeyVariable)
                    .with("provider", options.provider)
                    .with("concurrency", number);
            return work(builder.remark(rates.addTo(remark)).maxInFlight(number), rates, connection, name);
        }
    }

    int resume(DurableStore store, String name, Concurrency concurrency, RateOptions rates) throws Exception {
        BatchBuilder builder = of(() -> Batch.resume(store));
        Json remark = of(() -> Batch.status(store)).remark();
        boolean elsewhere = options.baseUrl != null || options.provider != null;
        if (!elsewhere) {
            options.baseUrl = text(remark.get("base_url"));
            options.provider = text(remark.get("provider"));
            if (options.apiKeyVariable == null) options.apiKeyVariable = text(remark.get("api_key_env"));
        }
        try (Connection connection = Connection.open(options, "sending to the local models", true, null, c -> c)) {
            String server = server(connection);
            if (!elsewhere && !server.equals(remark.get("server").asText()))
                throw new IllegalArgumentException("the batch was begun at "
                        + remark.get("server").asText() + ", and the environment now says " + server
                        + ": --base-url or --provider says where it goes on");
            int number = concurrency.or(remark.get("concurrency").asInt(Concurrency.DEFAULT));
            rates.complete(remark);
            return work(builder.maxInFlight(number), rates, connection, name);
        }
    }

    private static String server(Connection connection) {
        return connection.isLocal()
                ? LOCAL
                : connection.client().configuration().baseURL().toString();
    }

    private static @Nullable String text(Json value) {
        return value.isPresent() ? value.asText() : null;
    }

    private int work(BatchBuilder builder, RateOptions rates, Connection connection, String name) throws Exception {
        RateLimit limit = rates.limit();
        if (limit != null) builder.rateLimit(limit);
        Progress progress = new Progress(options.terminal);
        Batch batch = of(() ->
                builder.client(connection.client()).onProgress(progress::show).build());
        CompletableFuture<BatchStatus> end = new CompletableFuture<>();
        Thread onExit = new Thread(() -> pause(batch, end, progress, name), "aikit-ctrl-c");
        Runtime.getRuntime().addShutdownHook(onExit);
        BatchStatus status;
        progress.begin();
        try {
            status = of(batch::run);
            end.complete(status);
        } catch (Exception failed) {
            progress.end();
            end.completeExceptionally(failed);
            throw failed;
        } finally {
            Interruptible.remove(onExit);
        }
        progress.end();
        return tell(status, name);
    }

    private int tell(BatchStatus status, String name) {
        Terminal terminal = options.terminal;
        if (options.json) terminal.println(BatchCommand.json(status, state(status)));
        else terminal.println(status.output().toString());
        if (status.state() == BatchState.OPEN) {
            terminal.say("paused: " + Progress.counts(status));
            terminal.say("the server refuses the key, or what it is used for: " + status.trouble());
            terminal.say("when that is put right: aikit batch retry-dead " + name);
            return ExitCode.KEY_REFUSED;
        }
        terminal.say(state(status) + ": " + Progress.counts(status));
        if (status.failed() > 0) {
            terminal.say("failures are in " + status.errors());
            if (status.state() == BatchState.DONE)
                terminal.say("'aikit batch retry-dead " + name + "' sends them once more");
        }
        return status.failed() == 0 && status.state() == BatchState.DONE ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String state(BatchStatus status) {
        return switch (status.state()) {
            case OPEN -> "paused";
            case DONE -> "done";
            case CANCELLED -> "cancelled";
        };
    }

    /** On Ctrl-C. */
    private void pause(Batch batch, CompletableFuture<BatchStatus> end, Progress progress, String name) {
        batch.pause();
        progress.end();
        Terminal terminal = options.terminal;
        terminal.say("pausing: waiting a few seconds for the answers that are under way…");
        try {
            BatchStatus status = end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (status.state() == BatchState.OPEN) {
                terminal.say("paused: " + Progress.counts(status));
                terminal.say("to go on: aikit batch resume " + name);
            } else terminal.say(state(status) + ": " + Progress.counts(status));
        } catch (TimeoutException | ExecutionException notCleanly) {
            terminal.say("stopped; nothing is lost. To go on: aikit batch resume " + name);
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
    }
}
