package dev.aikit.durable.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts processes of the proofs. */
final class Processes {
    private Processes() {}

    static Process start(Path folder, String name, String... arguments) throws IOException {
        return start(ProofWorker.class, folder, name, arguments);
    }

    static Process start(Class<?> main, Path folder, String name, String... arguments) throws IOException {
        return start(main, "-Xmx256m", folder, name, arguments);
    }

    static Process start(Class<?> main, String heap, Path folder, String name, String... arguments) throws IOException {
        return start(main, ClassArchive.shared(), heap, folder, name, arguments);
    }

    static Process start(
            Class<?> main, ClassArchive classes, String heap, Path folder, String name, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder)); // who is halted does not tidy up
        command.addAll(classes.options());
        command.add(main.getName());
        if (Runtime.version().feature() >= 24) command.add(1, "--enable-native-access=ALL-UNNAMED");
        command.add(folder.toString());
        command.addAll(List.of(arguments));
        File log = folder.resolve("process-" + name + ".txt").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** A folder in which they have worked. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
