package dev.aikit.cli;

import java.io.IOException;
import java.util.List;

/** The text that a command works on: its arguments, or standard input. */
final class Input {
    private Input() {}

    /**
     * The arguments; of {@code -}, or of none where nobody is typing, all of standard input.
     *
     * @param command its name, for the hint
     * @param what is missing if there is nothing: "a question"
     * @throws IllegalArgumentException if there is nothing
     */
    static List<String> texts(Terminal terminal, List<String> arguments, String command, String what)
            throws IOException {
        boolean read = arguments.isEmpty() ? !terminal.isTyped() : arguments.equals(List.of("-"));
        List<String> texts = read ? List.of(terminal.read()) : arguments;
        if (texts.isEmpty() || texts.stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    what + " is missing: " + command + " \"…\", or - to read standard input");
        }
        return texts;
    }
}
