package dev.aikit.cli;

import dev.aikit.json.Json;
import dev.aikit.models.OpenAIModelListResult;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists what the server offers. */
@Command(
        name = "models",
        description = "Lists the models that the server offers, one on each line.",
        footer = {
            "",
            "Examples:",
            "  aikit models",
            "  aikit models --base-url http://localhost:11434/v1",
            "  aikit models --json"
        })
final class ModelsCommand implements Callable<Integer> {
    @ParentCommand
    Aikit options;

    @Override
    public Integer call() throws Exception {
        try (Connection connection = Connection.open(options, "listing the local models", false)) {
            OpenAIModelListResult result = Interruptible.await(
                    options.terminal, connection.client().models().list(p -> p.async()));
            if (!result.success()) return Trouble.report(options, result, Trouble.MOST_BASE_URLS);
            if (options.json) options.terminal.println(json(result));
            else options.terminal.print(lines(result));
            return ExitCode.OK;
        }
    }

    private static Json json(OpenAIModelListResult result) {
        Object answer = result.json().toJava();
        return Json.of(result.json().isArray() ? Map.of("object", "list", "data", answer) : answer);
    }

    private static String lines(OpenAIModelListResult result) {
        return result.models().stream().map(model -> model.id() + "\n").collect(Collectors.joining());
    }
}
