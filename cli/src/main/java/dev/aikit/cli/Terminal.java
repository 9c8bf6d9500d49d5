package dev.aikit.cli;

import dev.aikit.json.Json;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command reads and writes.
 *
 * @param out for data
 * @param err for everything else
 * @param environment the variables
 * @param screens which of the three streams are a terminal: "0", "1", "2" in a row. Java cannot find out; the script can.
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, String screens) {
    /** Set by the script. */
    private static final String SCREENS = "aikit.screens";

    /** The one of this process. */
    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.getenv(),
                System.getProperty(SCREENS, ""));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Whether somebody may type at standard input. */
    boolean isTyped() {
        return screens.contains("0");
    }

    /** Whether colours are welcome on both outputs. */
    boolean isColored() {
        return screens.contains("1")
                && screens.contains("2")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** The value of a variable; null if it is not set, or blank. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** All of standard input. */
    String read() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Writes a piece of data at once; false if nobody reads any more, as after {@code | head}. */
    boolean print(String text) {
        out.print(screens.contains("1") ? harmless(text) : text);
        return !out.checkError();
    }

    /** Writes a line of data. */
    boolean println(String line) {
        return print(line + "\n");
    }

    /** Writes JSON on a line of its own. */
    boolean println(Json json) {
        return print(line(json));
    }

    /** JSON on a line of its own, however the server wrote it. */
    static String line(Json json) {
        return Json.of(json.toJava()) + "\n";
    }

    /** Says something to whoever started the command. */
    void say(String line) {
        err.print("aikit: " + (screens.contains("2") ? harmless(line) : line) + "\n");
        err.flush();
    }

    /** Without what could make a terminal do more than show text: a server might send it. */
    private static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    }
}
