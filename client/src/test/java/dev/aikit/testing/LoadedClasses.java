package dev.aikit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a JVM loads while it runs a program. */
public final class LoadedClasses {
    private LoadedClasses() {}

    /** A line for each class, with its name in it, of a program that ends well. */
    public static List<String> of(Class<?> program, Path directory, String... arguments)
            throws IOException, InterruptedException {
        Path log = directory.resolve("classes.txt");
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        Process jvm = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(log);
    }
}
