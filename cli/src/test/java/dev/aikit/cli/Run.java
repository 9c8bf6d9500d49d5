package dev.aikit.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the command in this process. */
final class Run {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String input = "";
    private String screens = "";

    /** What came of it. */
    record Outcome(int exitCode, String out, String err) {}

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run typing(String text) {
        input = text;
        return this;
    }

    /** With these streams being a terminal. */
    Run screens(String which) {
        screens = which;
        return this;
    }

    Outcome aikit(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                environment,
                screens);
        int exitCode = Main.run(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
