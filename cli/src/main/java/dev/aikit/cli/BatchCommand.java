package dev.aikit.cli;

import dev.aikit.durable.DurableStore;
import dev.aikit.durable.SqliteStore;
import dev.aikit.durable.batch.Batch;
import dev.aikit.durable.batch.BatchState;
import dev.aikit.durable.batch.BatchStatus;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends files of requests. */
@Command(
        name = "batch",
        description = {
            "Sends a file of requests, up to millions of them, and writes each result once.",
            "",
            "A batch that was paused with Ctrl-C, or whose process was killed, goes on."
        },
        subcommands = BatchRunCommand.class,
        footer = {
            "",
            "Examples:",
            "  aikit batch run questions.jsonl",
            "  aikit batch run people.csv --template letter.txt --model gpt-4o-mini",
            "  aikit batch status questions.jsonl",
            "  aikit batch resume questions.jsonl",
            "",
            "Beside the input it keeps questions.batch.db, and writes the results to",
            "questions.output.jsonl, and failures to questions.errors.jsonl."
        })
final class BatchCommand extends Group {
    private static final String NO_SERVER = "asks no server";
    private static final String FILE = "FILE";
    private static final String INPUT = "The input, or the store: a file, or jdbc:postgresql:…";

    @ParentCommand
    Aikit options;

    @Command(
            name = "status",
            description = "Says how far a batch is, whether or not a process works on it.",
            footer = {"", "Example:", "  aikit batch status questions.jsonl"})
    int status(@Parameters(paramLabel = FILE, description = INPUT) String file) throws Exception {
        options.refuseServerOptions(spec, NO_SERVER);
        BatchStatus status = BatchRunner.of(() -> Batch.status(store(file)));
        String what = status.state() != BatchState.OPEN
                ? status.state().name().toLowerCase(Locale.ROOT)
                : Batch.isRunning(status.output()) ? "running" : "paused";
        if (options.json) {
            options.terminal.println(json(status, what));
            return ExitCode.OK;
        }
        options.terminal.println(what + ": " + Progress.counts(status));
        options.terminal.println("input:   " + status.input());
        options.terminal.println("results: " + status.output());
        if (status.failed() > 0) options.terminal.println("failed:  " + status.errors());
        return ExitCode.OK;
    }

    static Json json(BatchStatus status, String state) {
        return Json.missing()
                .with("state", state)
                .with("total", status.total())
                .with("done", status.done())
                .with("failed", status.failed())
                .with("left", status.left())
                .with("input_tokens", status.inputTokens())
                .with("output_tokens", status.outputTokens())
                .with("input", status.input().toString())
                .with("output", status.output().toString())
                .with("errors", status.errors().toString());
    }

    @Command(
            name = "resume",
            description = "Goes on with a batch that was paused or killed, at the same server.",
            footer = {
                "",
                "Example:",
                "  aikit batch resume questions.jsonl",
                "",
                "--base-url or --provider names another server to go on with."
            })
    int resume(
            @Parameters(paramLabel = FILE, description = INPUT) String file,
            @Mixin Concurrency concurrency,
            @Mixin RateOptions rates)
            throws Exception {
        rates.check(false);
        return new BatchRunner(options).resume(store(file), file, concurrency, rates);
    }

    @Command(
            name = "cancel",
            description = "Cancels a batch: what was not sent will not be.",
            footer = {"", "Example:", "  aikit batch cancel questions.jsonl"})
    int cancel(@Parameters(paramLabel = FILE, description = INPUT) String file) throws Exception {
        options.refuseServerOptions(spec, NO_SERVER);
        BatchStatus status = BatchRunner.of(() -> Batch.cancel(store(file)));
        options.terminal.say("cancelled: " + Progress.counts(status));
        if (status.isAtProvider() && !Batch.isRunning(status.output()))
            options.terminal.say("the provider still works on it: 'aikit batch resume " + file
                    + "' cancels it there, and fetches what it has done");
        return ExitCode.OK;
    }

    @Command(
            name = "retry-dead",
            description = "Sends all requests that have failed once more.",
            footer = {"", "Example:", "  aikit batch retry-dead questions.jsonl"})
    int retryDead(
            @Parameters(paramLabel = FILE, description = INPUT) String file,
            @Mixin Concurrency concurrency,
            @Mixin RateOptions rates)
            throws Exception {
        rates.check(false);
        DurableStore store = store(file);
        long redriven = BatchRunner.of(() -> Batch.redriveDead(store));
        options.terminal.say(redriven + " that had failed are sent again");
        return new BatchRunner(options).resume(store, file, concurrency, rates);
    }

    /** Of a batch that was begun. */
    private DurableStore store(String file) {
        if (StoreName.isDatabase(file)) return StoreName.at(options.terminal, file);
        Path store = storeOf(Path.of(file));
        if (!Files.isRegularFile(store))
            throw new IllegalArgumentException("there is no batch of " + file + " (no file " + store
                    + "): 'aikit batch run' begins one, and --store names its store");
        return SqliteStore.at(store);
    }

    /** Where the batch of an input is kept unless somebody says otherwise; a store is its own. */
    static Path storeOf(Path input) {
        String name = String.valueOf(input.getFileName());
        return name.endsWith(".db") ? input : input.resolveSibling(name.replaceFirst("\\.[^.]+$", "") + ".batch.db");
    }
}
