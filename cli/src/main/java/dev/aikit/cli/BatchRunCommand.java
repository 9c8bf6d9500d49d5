package dev.aikit.cli;

import dev.aikit.durable.DurableStore;
import dev.aikit.durable.batch.Batch;
import dev.aikit.durable.batch.BatchBuilder;
import dev.aikit.durable.batch.BatchInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Begins a batch. */
@Command(
        name = "run",
        description = {
            "Sends a file of requests. The whole file is checked before anything is sent.",
            "",
            "The file has JSON lines in the format of OpenAI's Batch API (custom_id, method,",
            "url, body). With --template it has rows: CSV with a line of names, or JSON",
            "objects, one a line; each fills the places {{column}} of the template."
        },
        footer = {
            "",
            "Examples:",
            "  aikit batch run questions.jsonl",
            "  aikit batch run people.csv --template letter.txt --model gpt-4o-mini",
            "  aikit batch run texts.jsonl --template body.json --url /v1/embeddings",
            "  aikit batch run q.jsonl --base-url http://localhost:8080/v1 --model llama3.2",
            "",
            "Ctrl-C pauses; 'aikit batch resume' goes on. The same command again does, too.",
            "Exit codes: 0 all have results; 1 some have failed; 4 key refused; 130 paused."
        })
final class BatchRunCommand implements Callable<Integer> {
    @ParentCommand
    BatchCommand batch;

    @Parameters(paramLabel = "FILE", description = "The requests, or the rows for --template.")
    Path file;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model of all requests, whatever the file says. Needed for a template that is a text.")
    @Nullable
    String model;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "A text for the model with places such as {{name}}; or a whole body in JSON.")
    @Nullable
    Path template;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "The column with the custom_id. Default: row-1, row-2, …")
    @Nullable
    String idColumn;

    @Option(
            names = "--url",
            paramLabel = "PATH",
            description = "What a template is for. Default: /v1/chat/completions.")
    @Nullable
    String url;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the results go, as they come. Default: beside the input.")
    @Nullable
    Path output;

    @Option(names = "--errors", paramLabel = "FILE", description = "Where failures go. Default: beside the input.")
    @Nullable
    Path errors;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "Where the state is kept, as large as all requests and answers: an SQLite file,"
                    + " or jdbc:postgresql:… Default: a file beside the input.")
    @Nullable
    String store;

    @Mixin
    Concurrency concurrency;

    @Mixin
    RateOptions rates;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "14",
            description = "How often a request is tried again, where that may help. Default: ${DEFAULT-VALUE}.")
    int retries;

    @Option(
            names = "--via-provider",
            description = "Send files to the provider's own Batch API: up to a day, at a lower price.")
    boolean viaProvider;

    @Override
    public Integer call() throws Exception {
        rates.check(viaProvider);
        if (retries < 0) throw new IllegalArgumentException("--retries: 0 or more expected, not " + retries);
        if (Files.isDirectory(file)) throw new IllegalArgumentException(file + " is a folder: a file expected");
        if (!Files.isRegularFile(file)) throw new IllegalArgumentException("there is no file " + file);
        for (Path each : new Path[] {output, errors}) if (each != null) Folder.check(folder(each));
        String name = store == null ? BatchCommand.storeOf(file).toString() : store;
        if (!StoreName.isDatabase(name)) Folder.check(folder(Path.of(name)));
        if (name.equals(file.toString())) throw new IllegalArgumentException(file + " is a store: the input expected");
        DurableStore kept = StoreName.at(batch.options.terminal, name);
        BatchBuilder builder = Batch.builder().input(input()).store(kept).maxSends(retries + 1);
        if (viaProvider) builder.viaProvider();
        if (output != null) builder.output(output);
        if (errors != null) builder.errors(errors);
        return new BatchRunner(batch.options)
                .run(builder, store == null ? file.toString() : store, model, concurrency, rates);
    }

    private static Path folder(Path file) {
        Path folder = file.getParent();
        return folder == null ? Path.of(".") : folder;
    }

    private BatchInput input() throws IOException {
        BatchInput input;
        if (template == null) {
            if (idColumn != null || url != null)
                throw new IllegalArgumentException("--id and --url mean nothing without --template");
            input = BatchInput.requests(file);
        } else {
            if (!Files.isRegularFile(template)) throw new IllegalArgumentException("there is no file " + template);
            input = BatchInput.rows(file, Files.readString(template));
        }
        if (model != null) input = input.model(model);
        if (idColumn != null) input = input.idColumn(idColumn);
        return url == null ? input : input.url(url);
    }
}
