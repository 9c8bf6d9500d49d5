package dev.aikit.durable.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder, // who is halted does not tidy up
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        String option = System.getProperty("proof.jvm");
        if (option != null) command.add(1, option);
        if (Runtime.version().feature() >= 24) command.add(1, "--enable-native-access=ALL-UNNAMED");
        command.add(folder.toString());
        command.addAll(List.of(arguments));
        File log = folder.resolve("process-" + name + ".txt").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }
}
