package dev.aikit.cli;

import dev.aikit.moderations.OpenAIModerationItem;
import dev.aikit.moderations.OpenAIModerationResult;
import dev.aikit.moderations.OpenAIModerationsAPI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Looks whether texts are harmful. */
@Command(
        name = "moderate",
        description = "Says of each text on a line of its own whether it is harmful, and in what way.",
        footer = {
            "",
            "Examples:",
            "  aikit moderate \"I like your garden.\"",
            "  aikit moderate --json - < letter.txt",
            "",
            "The local models have nothing for this: it needs a server that offers it."
        })
final class ModerateCommand implements Callable<Integer> {
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
            defaultValue = OpenAIModerationsAPI.DEFAULT_MODEL,
            description = "The model. Default: ${DEFAULT-VALUE}.")
    String model;

    @Override
    public Integer call() throws Exception {
        List<String> texts = Input.texts(options.terminal, arguments, spec.qualifiedName(), "a text");
        try (Connection connection = Connection.open(options, "asking the local models", false, model, c -> c)) {
            OpenAIModerationResult result = Interruptible.await(
                    options.terminal,
                    connection
                            .client()
                            .moderations()
                            .create(OpenAIModerationsAPI.Input.texts(texts), model, p -> p.async()));
            if (!result.success()) return Trouble.report(options, result);
            if (options.json) options.terminal.println(result.json());
            else options.terminal.print(lines(result.moderation().results()));
            return ExitCode.OK;
        }
    }

    private static String lines(List<OpenAIModerationItem> items) {
        return items.stream().map(item -> line(item) + "\n").collect(Collectors.joining());
    }

    private static String line(OpenAIModerationItem item) {
        if (!item.flagged()) return "harmless";
        return "harmful: "
                + item.categories().entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(category -> scored(category.getKey(), item.categoryScore()))
                        .collect(Collectors.joining(", "));
    }

    private static String scored(String category, Map<String, Double> scores) {
        Double score = scores.get(category);
        return score == null ? category : String.format(Locale.ROOT, "%s (%.2f)", category, score);
    }
}
