package dev.aikit.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same as {@code --help}, for those who look for a command. */
@Command(
        name = "help",
        description = "Shows what there is, or the options of a command.",
        footer = {"", "Examples:", "  aikit help", "  aikit help chat", "  aikit help files upload"})
final class HelpCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
    List<String> names = List.of();

    @Override
    public Integer call() {
        CommandLine shown = spec.commandLine().getParent();
        for (String name : names) {
            CommandLine next = shown.getSubcommands().get(name);
            if (next == null) throw new ParameterException(shown, "unknown command: " + name);
            shown = next;
        }
        shown.usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
