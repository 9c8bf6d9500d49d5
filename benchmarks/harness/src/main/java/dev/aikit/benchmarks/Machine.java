package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were taken on: no name of a machine or path. */
final class Machine {
    private Machine() {}

    static List<String> describe(Options options) throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", ""))
                .findFirst()
                .orElse("unknown");
        List<String> flags = options.jvm();
        return List.of(
                Runtime.getRuntime().availableProcessors() + " cores (" + model + "), Linux "
                        + System.getProperty("os.version"),
                "Java " + version(options.java) + ", " + String.join(" ", flags.subList(1, flags.size())),
                options.repetitions + " repetitions, each " + options.warmup + " s to warm up and " + options.seconds
                        + " s to measure; load of the machine at the start "
                        + Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String version(Path java) throws IOException {
        return Files.readAllLines(java.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION=") || line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll(".*=|\"", ""))
                .reduce((a, b) -> b)
                .orElse("unknown");
    }
}
