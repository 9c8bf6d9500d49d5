package dev.aikit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the command. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the program with its exit code. */
    public static void main(String... arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command in this process; returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        boolean colors = terminal.isColored() && !List.of(arguments).contains("--no-color");
        CommandLine command = new CommandLine(new Aikit(terminal))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(colors ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler((wrong, all) -> misused(terminal, wrong))
                .setExecutionExceptionHandler((thrown, which, parsed) -> failed(terminal, which, thrown));
        quiet(command.getSubcommands().get("batch"), "status", "cancel");
        quiet(command.getSubcommands().get("worker"), "list", "dead", "show", "redrive", "cancel");
        describe(
                command.getSubcommands().get("batch").getSubcommands().get("run"),
                "--json",
                "Print how it ended as a JSON object.");
        describe(
                command.getSubcommands().get("worker").getSubcommands().get("run"),
                "--json",
                "Print what is left, dead and waiting as a JSON object.");
        hide(command.getSubcommands().get("serve"), "--base-url", "--api-key-env", "--provider");
        hide(command.getSubcommands().get("providers"), "--base-url", "--api-key-env", "--provider");
        hide(command.getSubcommands().get("demo"), "--base-url", "--api-key-env", "--provider", "--json");
        hide(command.getSubcommands().get("help"), "--base-url", "--api-key-env", "--provider", "--json");
        describe(command.getSubcommands().get("serve"), "--json", "Print the base URL as a JSON object.");
        describe(command.getSubcommands().get("providers"), "--json", "Print all as one JSON object.");
        describe(command.getSubcommands().get("doctor"), "--json", "Print what was found as one JSON object.");
        return command.execute(arguments);
    }

    /** Subcommands that ask no server, and print JSON of their own. */
    private static void quiet(CommandLine command, String... subcommands) {
        for (String name : subcommands) {
            CommandLine quiet = command.getSubcommands().get(name);
            hide(quiet, "--base-url", "--api-key-env", "--provider");
            describe(quiet, "--json", "Print JSON.");
        }
    }

    /** Does not offer options that the command shares with the others and refuses; it still says why it does. */
    private static void hide(CommandLine command, String... options) {
        for (String name : options)
            change(command, name, option -> option.toBuilder().hidden(true).build());
    }

    /** Says what a shared option means to one command. */
    private static void describe(CommandLine command, String name, String description) {
        change(
                command,
                name,
                option -> option.toBuilder().description(description).build());
    }

    /** All are added anew, for help lists them in the order in which they came. */
    private static void change(CommandLine command, String name, UnaryOperator<OptionSpec> change) {
        CommandSpec spec = command.getCommandSpec();
        List<OptionSpec> all = List.copyOf(spec.options());
        OptionSpec changed = spec.findOption(name);
        all.forEach(spec::remove);
        for (OptionSpec option : all) spec.addOption(option == changed ? change.apply(option) : option);
    }

    private static int misused(Terminal terminal, ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        terminal.say(wrong instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : wrong.getMessage());
        terminal.say("try " + command + " --help");
        return ExitCode.USAGE;
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        boolean command = !unmatched.getCommandLine().getSubcommands().isEmpty();
        String what = unmatched.isUnknownOption() ? "option" : command ? "command" : "argument";
        List<String> near = unmatched.getSuggestions();
        return "unknown " + what + ": " + unmatched.getUnmatched().get(0)
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static int failed(Terminal terminal, CommandLine command, Exception thrown) {
        if (thrown instanceof IllegalArgumentException) {
            return misused(terminal, new ParameterException(command, thrown.getMessage(), thrown));
        }
        if (thrown instanceof UncheckedIOException || thrown instanceof IOException) {
            terminal.say(thrown.getMessage());
            return ExitCode.FAILED;
        }
        terminal.say("this is a defect of aikit; please report it with these lines:");
        thrown.printStackTrace(terminal.err());
        terminal.err().flush();
        return ExitCode.FAILED;
    }
}
