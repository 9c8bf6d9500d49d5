package dev.aikit.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The text that a command works on: its arguments, or standard input. */
final class Input {
    private Input() {}

    /**
     * The arguments; of {@code -}, or of none where nobody is typing, all of standard input.
     *
     * @param what is missing if there is nothing: "a question"
     */
    static List<String> texts(Terminal terminal, List<String> arguments, CommandSpec command, String what)
            throws IOException {
        boolean read = arguments.isEmpty() ? !terminal.isTyped() : arguments.equals(List.of("-"));
        List<String> texts = read ? List.of(terminal.read()) : arguments;
        if (texts.isEmpty() || texts.stream().allMatch(String::isBlank)) {
            throw new ParameterException(
                    command.commandLine(),
                    what + " is missing: " + command.qualifiedName() + " \"…\", or - to read standard input");
        }
        return texts;
    }
}
