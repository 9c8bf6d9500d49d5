package dev.aikit.cli;

import dev.aikit.embeddings.OpenAIEmbeddingsResult;
import dev.aikit.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Turns texts into vectors. */
@Command(
        name = "embed",
        description = "Turns texts into vectors, each printed as a JSON array on a line of its own.",
        footer = {
            "",
            "Examples:",
            "  aikit embed \"a small red car\"",
            "  aikit embed \"a small red car\" \"a little crimson automobile\"",
            "  aikit embed --model text-embedding-3-large --json - < letter.txt"
        })
final class EmbedCommand implements Callable<Integer> {
    private static final String LOCAL_MODEL = "all-minilm-l6-v2";
    private static final String DEFAULT_MODEL = "text-embedding-3-small";

    @ParentCommand
    Aikit options;

    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "TEXT",
            description = "The texts; - reads standard input as one text, and so does none in a pipe.")
    List<String> arguments = List.of();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: all-minilm-l6-v2 on this machine, text-embedding-3-small elsewhere.")
    @Nullable
    String model;

    @Override
    public Integer call() throws Exception {
        List<String> texts = Input.texts(options.terminal, arguments, spec.qualifiedName(), "a text");
        try (Connection connection =
                Connection.open(options, "embedding with the local model " + LOCAL_MODEL, true, model, c -> c)) {
            String name = model != null ? model : connection.isLocal() ? LOCAL_MODEL : DEFAULT_MODEL;
            OpenAIEmbeddingsResult result = Interruptible.await(
                    options.terminal,
                    connection
                            .client()
                            .embeddings()
                            .create(texts, name, p -> p.encodingFormat("float").async()));
            if (!result.success()) return Trouble.report(options, result);
            if (options.json) options.terminal.println(result.json());
            else options.terminal.print(lines(result));
            return ExitCode.OK;
        }
    }

    private static String lines(OpenAIEmbeddingsResult result) {
        return result.vectors().stream()
                .map(vector -> Json.of(vector.toArray()) + "\n")
                .collect(Collectors.joining());
    }
}
