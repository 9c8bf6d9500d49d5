package dev.aikit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
        ChatCommand chat = PlainChat.read(terminal, arguments);
        return chat != null ? run(terminal, chat) : runByPicocli(terminal, arguments);
    }

    private static int run(Terminal terminal, ChatCommand chat) {
        try {
            return chat.call();
        } catch (Exception thrown) {
            return failed(terminal, ChatCommand.QUALIFIED_NAME, thrown);
        }
    }

    private static int runByPicocli(Terminal terminal, String... arguments) {
        boolean colors = terminal.isColored() && !List.of(arguments).contains("--no-color");
        CommandLine command = new CommandLine(new Aikit(terminal));
        Subcommands.addTo(command, arguments); // before the settings, which reach those that are there
        command.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(colors ? Help.Ansi.ON : Help.Ansi.OFF))
                .setParameterExceptionHandler(new Handler(terminal))
                .setExecutionExceptionHandler(new Handler(terminal));
        return command.execute(arguments);
    }

    /** No lambdas: Java does not archive those of interfaces that were compiled for old versions, and makes them at each start. */
    private record Handler(Terminal terminal) implements IParameterExceptionHandler, IExecutionExceptionHandler {
        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            String told =
                    wrong instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : wrong.getMessage();
            return misused(terminal, wrong.getCommandLine().getCommandSpec().qualifiedName(), told);
        }

        @Override
        public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
            return failed(terminal, command.getCommandSpec().qualifiedName(), thrown);
        }
    }

    private static int misused(Terminal terminal, String command, String told) {
        terminal.say(told);
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

    private static int failed(Terminal terminal, String command, Exception thrown) {
        if (thrown instanceof IllegalArgumentException) {
            return misused(terminal, command, thrown.getMessage());
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
