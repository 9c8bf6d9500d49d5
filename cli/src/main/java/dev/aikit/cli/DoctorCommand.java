package dev.aikit.cli;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.cli.doctor.Doctor;
import dev.aikit.cli.doctor.Finding;
import dev.aikit.cli.doctor.Finding.Verdict;
import dev.aikit.cli.doctor.Patient;
import dev.aikit.json.Json;
import dev.aikit.models.OpenAIModel;
import dev.aikit.models.OpenAIModelListResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Examines a server. */
@Command(
        name = "doctor",
        description = {
            "Finds out what a server supports and where it deviates from OpenAI's API.",
            "",
            "Makes about a dozen small calls; where calls cost money, a fraction of a cent."
        },
        footer = {
            "",
            "The words: ok, as OpenAI describes it; odd, works but deviates; no, not",
            "offered; failed, tried in vain; open, not found out.",
            "",
            "Examples:",
            "  aikit doctor",
            "  aikit doctor --base-url http://localhost:11434/v1 --model llama3.2",
            "  aikit doctor --json"
        })
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    Aikit options;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model to chat with. Default: one of those that the server lists.")
    @Nullable
    String model;

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            description = "The model for vectors. Default: one of those that the server lists, if its name tells.")
    @Nullable
    String embeddingModel;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "60s",
            description = "The longest that each call may take. Default: ${DEFAULT-VALUE}.")
    Duration timeout;

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Connection connection = Connection.open(
                options,
                "examining the local models",
                true,
                null,
                c -> c.maxRetries(0).timeout(timeout))) {
            OpenAI client = connection.client();
            if (!options.json)
                options.terminal.println("server: " + client.configuration().baseURL());
            OpenAIModelListResult models =
                    Interruptible.await(options.terminal, client.models().list(p -> p.async()));
            int unreachable =
                    models.success() ? 0 : Trouble.exitCode(models.errors().get(0));
            if (unreachable == ExitCode.NO_ANSWER
                    || unreachable == ExitCode.KEY_REFUSED
                    || unreachable == ExitCode.CANCELLED) return Trouble.report(options, models);
            show(Doctor.ofModels(models));
            if (model == null && isNoAPI(models)) return Trouble.report(options, models);
            if (model == null) model = Doctor.chatModel(models.models());
            if (model == null) {
                options.terminal.say("the server lists no model to chat with: name one with --model");
                return ExitCode.USAGE;
            }
            if (embeddingModel == null) embeddingModel = Doctor.embeddingModel(models.models());
            List<String> listed = models.models().stream().map(OpenAIModel::id).toList();
            Patient patient = new Patient(client, model, embeddingModel, listed, this::await);
            if (!options.json) options.terminal.println("model: " + model);
            Doctor.examine(patient, this::show);
            if (options.json)
                options.terminal.println(Json.of(Map.of(
                                "server", client.configuration().baseURL().toString()))
                        .with("model", model)
                        .with(
                                "findings",
                                findings.stream().map(DoctorCommand::json).toList())
                        .toString());
            return worksAtAll() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private static boolean isNoAPI(OpenAIModelListResult models) {
        return !models.success() && models.errors().get(0).kind() == Kind.MALFORMED;
    }

    private <R extends dev.aikit.OpenAIResult> R await(dev.aikit.OpenAICall<R> call) throws InterruptedException {
        return Interruptible.await(options.terminal, call);
    }

    private void show(Finding finding) {
        findings.add(finding);
        if (!options.json)
            options.terminal.println(
                    String.format(Locale.ROOT, "%-7s%-20s%s", word(finding), finding.about(), finding.detail()));
    }

    private static String word(Finding finding) {
        return finding.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static Json json(Finding finding) {
        return Json.of(Map.of("about", finding.about()))
                .with("verdict", word(finding))
                .with("detail", finding.detail());
    }

    /** A server without chat is of no use to most. */
    private boolean worksAtAll() {
        return findings.stream()
                .filter(each -> each.about().equals("chat"))
                .allMatch(each -> each.verdict() == Verdict.OK || each.verdict() == Verdict.ODD);
    }
}
